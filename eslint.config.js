const js = require("@eslint/js");
const tseslint = require("typescript-eslint");

/** The barrel of a provider costs seconds and half a gigabyte at every start; one resource costs milliseconds. */
const barrels = {
  regex: "^@cdktf/provider-[a-z]+(/lib(/index)?)?$",
  message: 'Import the one resource: "@cdktf/provider-aws/lib/s3-bucket".',
};
const framework = {
  regex: "^(cdktf|constructs|@cdktf/)",
  message: "This file is pure (literal in, literal out): leave Terraform to the constructs and stacks.",
};

/** Files that decide and compose, and so must be readable and testable without a Terraform framework. */
const PURE = [
  "constructs/issue.ts",
  "constructs/opt-out.ts",
  "constructs/{cors,context,fields,cidr,address}.ts",
  "constructs/*/{names,arn,props,principal,policy,roles,address,endpoints,access,federation,existing,ids,network,pre-signed,kinds,guards,not-enforced,encryption,ip-filter,ip-filter-rules,locations}.ts",
  "stacks/{availability,access,schema,state,shape,shape-issues,zod-issues,rules,clouds,storage-rules,where,paths,attachments,request,deployment-file,yaml-source,metadata}.ts",
  "{review,audit,handover}/**/*.ts",
];

module.exports = tseslint.config(
  { ignores: ["node_modules", "dist", "cdktf.out", "coverage", "bench/template"] },
  js.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: __dirname } },
    rules: {
      "no-restricted-imports": ["error", { patterns: [barrels] }],
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true }],
      "@typescript-eslint/no-require-imports": [
        "error",
        { allowAsImport: true, allow: ["^\\.\\./constructs/[a-z0-9-]+/storage$"] },
      ],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/prefer-readonly": "error",
      "no-restricted-syntax": [
        "error",
        {
          selector: "TSInterfaceDeclaration TSPropertySignature:not([readonly=true])",
          message: "Properties of an interface are readonly.",
        },
      ],
    },
  },
  { files: PURE, rules: { "no-restricted-imports": ["error", { patterns: [barrels, framework] }] } },
  {
    files: ["**/*.js"],
    languageOptions: {
      sourceType: "commonjs",
      globals: {
        module: "writable",
        require: "readonly",
        process: "readonly",
        console: "readonly",
        __dirname: "readonly",
      },
    },
  },
);
