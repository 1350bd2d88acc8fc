/**
 * A function that is asked once per object and keeps its answer as long as that lives: what a pattern wants to know of a
 * whole method or text must not be searched for again at each of its matches, or a long file would take its length squared.
 */
export function keep<K extends WeakKey, V>(find: (of: K) => V): (of: K) => V {
  const answers = new WeakMap<K, { readonly value: V }>();
  return (of) => {
    const known = answers.get(of) ?? { value: find(of) };
    answers.set(of, known);
    return known.value;
  };
}
