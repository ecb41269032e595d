/** One sample of the text format of Prometheus. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** What a scrape told of one metric. */
export interface Family {
  readonly name: string;
  readonly type: string;
  readonly help: string;
  readonly samples: Sample[];
}

const HELP = /^# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) (\S.*)$/;
const TYPE = /^# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram|summary)$/;
const SAMPLE = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? ([Nn]a[Nn]|[+-]?Inf|-?[0-9.e+-]+)$/;
const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\.)*)"(?:,|$)/y;

/** Reads the text format strictly: a line that is none of it, or a sample of no metric, throws. */
export function readExposition(text: string): Map<string, Family> {
  const families = new Map<string, Family>();
  let help: RegExpExecArray | null = null;
  let family: Family | undefined;
  for (const line of text.split('\n').filter((each) => each !== '')) {
    const type = TYPE.exec(line);
    const sample = SAMPLE.exec(line);
    if (HELP.test(line)) help = HELP.exec(line);
    else if (type !== null) {
      const [, name = '', kind = ''] = type;
      if (help?.[1] !== name || families.has(name)) throw new Error(`Not after its help, or twice: ${line}`);
      family = { name, type: kind, help: help[2] ?? '', samples: [] };
      families.set(name, family);
    } else if (sample !== null && family !== undefined && isOf(sample[1] ?? '', family)) {
      const [, name = '', labels = '', value = ''] = sample;
      family.samples.push({
        name,
        labels: readLabels(labels),
        value: Number(value.replace('Inf', 'Infinity')),
      });
    } else throw new Error(`No line of the format: ${line}`);
  }
  return families;
}

function isOf(name: string, { name: family, type }: Family): boolean {
  if (type !== 'histogram' && type !== 'summary') return name === family;
  return [family, `${family}_bucket`, `${family}_sum`, `${family}_count`].includes(name);
}

function readLabels(text: string): Record<string, string> {
  const labels: Record<string, string> = {};
  LABEL.lastIndex = 0;
  while (LABEL.lastIndex < text.length) {
    const found = LABEL.exec(text);
    if (found === null) throw new Error(`No labels: ${text}`);
    labels[found[1] ?? ''] = found[2] ?? '';
  }
  return labels;
}

/** The value of the sample with at least these labels; undefined where there is none. */
export function sampleOf(
  families: Map<string, Family>,
  name: string,
  labels: Record<string, string> = {},
): number | undefined {
  const family = families.get(name.replace(/_(bucket|sum|count)$/, '')) ?? families.get(name);
  const wanted = Object.entries(labels);
  return family?.samples.find(
    (sample) => sample.name === name && wanted.every(([key, value]) => sample.labels[key] === value),
  )?.value;
}
