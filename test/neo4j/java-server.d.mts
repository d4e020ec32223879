export interface Java {
  readonly command: string;
  /** The Neo4j version that runs on it. */
  readonly neo4j: string;
}

export interface Neo4jServer {
  readonly uri: string;
  stop(): Promise<void>;
}

export function findJava(): Promise<Java | undefined>;
export function startJavaServer(options: { readonly port?: number; readonly java: Java }): Promise<Neo4jServer>;
