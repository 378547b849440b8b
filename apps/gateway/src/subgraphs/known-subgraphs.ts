/** A service behind the gateway. */
export interface KnownSubgraph {
  /** As errors and the supergraph call it. */
  readonly name: string;
  /** Its schema, from the folder of this app. */
  readonly schemaFile: string;
  /** Where it listens if nobody says otherwise. */
  readonly defaultUrl: string;
  /** The variable of the environment that says otherwise. */
  readonly variable: string;
}

/** Every service behind the gateway; nothing else here names one. */
export const knownSubgraphs = [
  {
    name: 'registry',
    schemaFile: '../registry/schema.graphql',
    defaultUrl: 'http://127.0.0.1:4002',
    variable: 'REGISTRY_URL',
  },
  {
    name: 'training',
    schemaFile: '../training/schema.graphql',
    defaultUrl: 'http://127.0.0.1:4001',
    variable: 'TRAINING_URL',
  },
] as const satisfies readonly KnownSubgraph[];
