/** Version of the program, as it stands in every manifest it writes. */
export const programVersion = '0.1.0';
