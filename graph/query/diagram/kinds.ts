/** `context`, `container` and `component` are levels of the C4 model; the first two are of the whole graph. */
export const DIAGRAM_KINDS = ['context', 'container', 'component', 'sequence', 'dependencies', 'impact'] as const;
export type DiagramKind = (typeof DIAGRAM_KINDS)[number];
