/** The engine, where it acts in the log of approvals: it may ask for a review, and decides nothing. */
export const ENGINE = { kind: 'engine', name: 'specgraph', email: 'specgraph@localhost' } as const;
