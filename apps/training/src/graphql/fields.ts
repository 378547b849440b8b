/** An object with the fields of a GraphQL type; only the members of a union have to be objects of its class. */
export type Fields<Type> = { readonly [Name in keyof Type]: Type[Name] };
