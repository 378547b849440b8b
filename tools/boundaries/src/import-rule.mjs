import { posix, relative, sep } from 'node:path';
import { importProblem } from './import-problem.mjs';

/**
 * An ESLint rule that asks `importProblem` about every static and dynamic import, re-export, `import('…')` type and require.
 * ESLint's own no-restricted-imports sees neither the last three nor how deep a file lies below its project.
 * @param {string} root Absolute path of the repository.
 * @param {readonly import('./projects.mjs').Project[]} projects
 * @returns {import('eslint').Rule.RuleModule}
 */
export function importRule(root, projects) {
  return {
    meta: { type: 'problem', schema: [], messages: { refused: '{{ problem }}' } },
    create(context) {
      const file = relative(root, context.filename).split(sep).join(posix.sep);
      const project = projects.find(({ folder }) => file.startsWith(`${folder}/`));
      if (!project) return {};

      const judge = (node, specifier, typeOnly) => {
        if (typeof specifier !== 'string') return;
        const problem = importProblem({ project, file, specifier, typeOnly, projects });
        if (problem) context.report({ node, messageId: 'refused', data: { problem } });
      };

      return {
        // `import { type T }` still loads the module under verbatimModuleSyntax; only `import type` does not.
        ImportDeclaration: (node) => judge(node, node.source.value, node.importKind === 'type'),
        ExportAllDeclaration: (node) => judge(node, node.source.value, node.exportKind === 'type'),
        ExportNamedDeclaration: (node) => judge(node, node.source?.value, node.exportKind === 'type'),
        ImportExpression: (node) => judge(node, node.source.value, false),
        TSImportType: (node) => judge(node, node.source.value, true),
        TSExternalModuleReference: (node) => judge(node, node.expression.value, false),
        'CallExpression[callee.name="require"]': (node) => judge(node, node.arguments[0]?.value, false),
        'CallExpression[callee.property.name="resolve"][callee.object.name="require"]': (node) =>
          judge(node, node.arguments[0]?.value, true),
      };
    },
  };
}
