import {
  AndNode,
  BeginNode,
  BlockNode,
  CallNode,
  ClassVariableReadNode,
  ConstantReadNode,
  DefNode,
  ElseNode,
  GlobalVariableReadNode,
  IfNode,
  InstanceVariableReadNode,
  LocalVariableReadNode,
  type Node,
  OrNode,
  ParenthesesNode,
  StatementsNode,
  StringNode,
  UnlessNode,
} from '@ruby/prism/src/nodes.js';
import { parameterNames } from './blocks';
import { keep } from './keep';
import { descendants, type Syntax } from './syntax';

const mutators =
  /!$|^(?:<<|concat|replace|insert|prepend|clear|force_encoding|setbyte|append_as_bytes|\[\]=|append|push)$/;

/**
 * Whether a text changes one of its string literals in place, as far as names tell: the literal itself, a variable, parameter
 * or method of the same name that a literal is given to, or a block's parameter where a literal is passed to the call.
 */
export const mutatesLiterals = keep((syntax: Syntax): boolean => {
  const literals = namesOfLiterals(syntax);
  return syntax.nodes.some((node) => {
    const target = node instanceof CallNode && mutators.test(node.name) ? node.receiver : null;
    return tails(target).some((one) => one instanceof StringNode || literals.has(nameOf(one) ?? ''));
  });
});

/** Names of variables, constants, parameters and methods whose value may be a literal of this text. */
function namesOfLiterals(syntax: Syntax): Set<string> {
  const names = new Set<string>();
  for (const node of syntax.nodes) {
    if (node instanceof DefNode) {
      if (tails(node.body).some(isString)) names.add(node.name);
    } else if (node instanceof CallNode) {
      if (!(node.block instanceof BlockNode) || !passesLiteral(node)) continue;
      for (const name of parameterNames(node.block) ?? []) names.add(name);
    } else if ('value' in node && 'name' in node && typeof node.name === 'string' && isNode(node.value)) {
      if (tails(node.value).some(isString)) names.add(node.name);
    }
  }
  return names;
}

/** `each_with_object("")`, `"x".tap`. */
function passesLiteral({ receiver, arguments_ }: CallNode): boolean {
  return [receiver, ...(arguments_?.arguments_ ?? [])].some(
    (one) => one !== null && descendants(one, (child) => !(child instanceof CallNode)).some(isString),
  );
}

/** The nodes whose object an expression may give. */
function tails(node: Node | null): Node[] {
  const found: Node[] = [];
  const stack: (Node | null)[] = [node];
  while (stack.length > 0) {
    const one = stack.pop();
    if (!one) continue;
    if (one instanceof StatementsNode) stack.push(one.body.at(-1) ?? null);
    else if (one instanceof ParenthesesNode) stack.push(one.body);
    else if (one instanceof BeginNode || one instanceof ElseNode) stack.push(one.statements);
    else if (one instanceof IfNode) stack.push(one.statements, one.subsequent);
    else if (one instanceof UnlessNode) stack.push(one.statements, one.elseClause);
    else if (one instanceof OrNode || one instanceof AndNode) stack.push(one.left, one.right);
    else if (one instanceof CallNode && passing.has(one.name) && one.receiver) stack.push(one.receiver);
    else found.push(one);
    if ('value' in one && 'name' in one && isNode(one.value)) stack.push(one.value);
  }
  return found;
}

/** Methods that give their receiver, or may. */
const passing = new Set([
  ...['<<', 'concat', 'force_encoding', 'tap', 'itself', 'to_s', 'to_str', 'insert', 'prepend', 'replace', 'clear'],
  ...['presence', 'then', 'freeze'],
]);

function nameOf(node: Node): string | null {
  const isRead =
    node instanceof LocalVariableReadNode ||
    node instanceof InstanceVariableReadNode ||
    node instanceof ClassVariableReadNode ||
    node instanceof GlobalVariableReadNode ||
    node instanceof ConstantReadNode ||
    node instanceof CallNode ||
    ('value' in node && 'name' in node);
  return isRead && 'name' in node && typeof node.name === 'string' ? node.name : null;
}

function isString(node: Node): boolean {
  return node instanceof StringNode;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'childNodes' in value;
}
