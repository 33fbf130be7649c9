/** The part of `terraform providers schema -json` that the check reads. */
export interface ProviderSchemas {
  readonly provider_schemas: Readonly<Record<string, ProviderSchema>>;
}

export interface ProviderSchema {
  readonly provider?: { readonly block: BlockSchema };
  readonly resource_schemas?: Readonly<Record<string, { readonly block: BlockSchema }>>;
  readonly data_source_schemas?: Readonly<Record<string, { readonly block: BlockSchema }>>;
}

export interface BlockSchema {
  readonly attributes?: Readonly<Record<string, AttributeSchema>>;
  readonly block_types?: Readonly<Record<string, NestedBlock>>;
}

export interface NestedBlock {
  readonly nesting_mode: 'single' | 'group' | 'list' | 'set' | 'map';
  readonly block: BlockSchema;
  readonly min_items?: number;
  readonly max_items?: number;
}

export interface AttributeSchema {
  readonly type?: Type;
  readonly nested_type?: {
    readonly attributes: Readonly<Record<string, AttributeSchema>>;
    readonly nesting_mode: NestedBlock['nesting_mode'];
  };
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
}

/** A type in Terraform's notation: `"string"`, `["list", "string"]`, `["object", { … }]`. */
export type Type =
  | 'string'
  | 'number'
  | 'bool'
  | 'dynamic'
  | readonly ['list', Type]
  | readonly ['set', Type]
  | readonly ['map', Type]
  | readonly ['tuple', readonly Type[]]
  | readonly ['object', Readonly<Record<string, Type>>, ...unknown[]];

/** Terraform's built-in provider: its only resource, and other stacks' states. */
export const BUILTIN: ProviderSchema = {
  data_source_schemas: {
    terraform_remote_state: {
      block: {
        attributes: {
          backend: { type: 'string', required: true },
          config: { type: 'dynamic', optional: true },
          defaults: { type: 'dynamic', optional: true },
          outputs: { type: 'dynamic', computed: true },
          workspace: { type: 'string', optional: true },
        },
      },
    },
  },
  resource_schemas: {
    terraform_data: {
      block: {
        attributes: {
          id: { type: 'string', computed: true },
          input: { type: 'dynamic', optional: true },
          output: { type: 'dynamic', computed: true },
          triggers_replace: { type: 'dynamic', optional: true },
        },
      },
    },
  },
};

/** The type of an attribute as one word of Terraform's notation. */
export function typeOf({ type, nested_type: nested }: AttributeSchema): Type {
  if (type !== undefined || !nested) return type ?? 'dynamic';
  const object: Type = [
    'object',
    Object.fromEntries(Object.entries(nested.attributes).map(([k, a]) => [k, typeOf(a)])),
  ];
  return collect(nested.nesting_mode, object);
}

/** The type of a block, for references to it. */
export function blockType({ nesting_mode: mode, block }: NestedBlock): Type {
  return collect(mode, [
    'object',
    {
      ...Object.fromEntries(Object.entries(block.attributes ?? {}).map(([k, a]) => [k, typeOf(a)])),
      ...Object.fromEntries(Object.entries(block.block_types ?? {}).map(([k, b]) => [k, blockType(b)])),
    },
  ]);
}

function collect(mode: NestedBlock['nesting_mode'], object: Type): Type {
  if (mode === 'single' || mode === 'group') return object;
  return mode === 'map' ? ['map', object] : ['list', object];
}
