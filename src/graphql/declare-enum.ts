import { registerEnumType } from 'type-graphql';

const named = <Name extends string>(descriptions: Readonly<Record<Name, string>>) => ({
  values: Object.fromEntries(Object.keys(descriptions).map((name) => [name, name])) as {
    [Value in Name]: Value;
  },
  valuesConfig: Object.fromEntries(
    Object.entries(descriptions).map(([name, description]) => [name, { description: description as string }]),
  ),
});

/** Declares an enum of the API from its values and what each means. */
export function declareEnum<Name extends string>(
  name: string,
  description: string,
  descriptions: Readonly<Record<Name, string>>,
) {
  const { values, valuesConfig } = named(descriptions);
  registerEnumType(values, { name, description, valuesConfig: valuesConfig as never });
  return values;
}
