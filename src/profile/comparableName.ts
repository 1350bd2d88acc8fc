/**
 * A method's name without what differs from process to process: addresses of anonymous classes and modules, numbers of
 * compiled templates and of evaluated texts.
 *
 *   #<Class:0x00007f31e2a0>#call                        -> #<Class:0x…>#call
 *   #<Class:0x1f>#_app_views_x_html_erb___3041_6160     -> #<Class:0x…>#_app_views_x_html_erb
 *   __bind_1718_304, (eval):12                          -> as they are: numbers that somebody wrote
 */
export function comparableName(name: string): string {
  return name
    .replace(/#<(\w+(?:::\w+)*):0x[0-9a-f]+[^>]*>/gi, '#<$1:0x…>')
    .replace(/(_(?:erb|haml|slim|builder|ruby|jbuilder|rabl|arb))___?\d+_\d+/g, '$1');
}
