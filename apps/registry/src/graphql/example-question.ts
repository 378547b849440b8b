/** Stands in the page for people until they ask their own. */
export const exampleQuestion = `# Small modules that recognise a class.
{
  searchModules(criteria: { className: "7" }, order: smallest, first: 5) {
    totalEstimate
    edges {
      node { reference bytes parameters share accuracy version { architecture dataset license } }
    }
  }
}
`;
