/** Stands in the page for people until they ask their own. */
export const exampleQuestion = `# The newest runs.
{
  runs(order: newest, first: 10) {
    totalEstimate
    edges {
      node { id experimentName name state reason progress { done total unit } outcome { accuracy } }
    }
  }
}
`;
