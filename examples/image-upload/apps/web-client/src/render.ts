import type { VNode } from './h.ts';

/** Replaces the content of `parent` with the tree. */
export function render(node: VNode, parent: Element): void {
  parent.replaceChildren(create(node));
}

function create({ tag, props, children }: VNode): Element {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value as EventListener);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false && value !== undefined) element.setAttribute(name, String(value));
  }
  element.append(...children.map((child) => (typeof child === 'string' ? child : create(child))));
  return element;
}
