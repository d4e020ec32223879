/** A node of the page before it is on the page. */
export interface VNode {
  readonly tag: string;
  readonly props: Readonly<Record<string, unknown>>;
  readonly children: readonly (VNode | string)[];
}

export type Component<Props> = (props: Props) => VNode;
type Child = VNode | string | number | false | undefined | readonly Child[];

/** What JSX compiles to. */
export function h<Props extends object>(type: string | Component<Props>, props: Props | null, ...children: Child[]): VNode {
  if (typeof type === 'function') return type({ ...props, children } as unknown as Props);
  return { tag: type, props: { ...props }, children: flatten(children) };
}

function flatten(children: readonly Child[]): (VNode | string)[] {
  return children.flatMap((child) => {
    if (child === false || child === undefined) return [];
    if (typeof child === 'number') return [String(child)];
    return typeof child === 'object' && 'length' in child ? flatten(child) : [child];
  });
}

interface CommonAttributes {
  readonly class?: string;
  readonly id?: string;
}

export declare namespace h.JSX {
  type Element = VNode;
  interface IntrinsicElements {
    form: CommonAttributes & { readonly onsubmit?: (event: Event) => void };
    label: CommonAttributes & { readonly for?: string };
    input: CommonAttributes & { readonly type: string; readonly accept?: string; readonly onchange?: (event: Event) => void };
    button: CommonAttributes & { readonly type: 'submit' | 'button'; readonly disabled?: boolean };
    progress: CommonAttributes & { readonly value: number; readonly max: number };
    figure: CommonAttributes;
    figcaption: CommonAttributes;
    img: CommonAttributes & { readonly src: string; readonly alt: string };
    p: CommonAttributes & { readonly role?: string };
  }
}
