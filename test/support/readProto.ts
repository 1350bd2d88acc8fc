/** A message of Protocol Buffers: field -> what it was written with, in order. */
export type ProtoMessage = ReadonlyMap<number, readonly (number | Uint8Array)[]>;

/** Reads one message: numbers and length-delimited fields, all that pprof has. */
export function readProto(bytes: Uint8Array): ProtoMessage {
  const fields = new Map<number, (number | Uint8Array)[]>();
  let at = 0;
  const varint = (): number => {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = bytes[at++];
      if (byte === undefined) throw new Error('The message ends inside a number');
      value += (byte & 127) * scale;
      if (byte < 128) return value;
      scale *= 128;
    }
  };
  while (at < bytes.length) {
    const tag = varint();
    const field = Math.floor(tag / 8);
    const values = fields.get(field) ?? [];
    fields.set(field, values);
    if (tag % 8 === 0) values.push(varint());
    else if (tag % 8 === 2) {
      const length = varint();
      if (at + length > bytes.length) throw new Error('The message ends inside a field');
      values.push(bytes.subarray(at, at + length));
      at += length;
    } else throw new Error(`Wire type ${tag % 8} is not read`);
  }
  return fields;
}

/** The numbers of a packed field. */
export function packedNumbers(value: number | Uint8Array | undefined): number[] {
  if (!(value instanceof Uint8Array)) throw new Error('Not packed');
  const numbers: number[] = [];
  let number = 0;
  let scale = 1;
  for (const byte of value) {
    number += (byte & 127) * scale;
    scale *= 128;
    if (byte >= 128) continue;
    numbers.push(number);
    number = 0;
    scale = 1;
  }
  return numbers;
}

/** A pprof profile as stacks of `name@file:line`, root first, with their values. */
export function readPprof(bytes: Uint8Array) {
  const profile = readProto(bytes);
  const text = new TextDecoder();
  const strings = (profile.get(6) ?? []).map((value) => text.decode(bytesOf(value)));
  const messages = (field: number): ProtoMessage[] => (profile.get(field) ?? []).map((one) => readProto(bytesOf(one)));
  const number = (message: ProtoMessage, field: number): number => {
    const value = message.get(field)?.[0] ?? 0;
    if (typeof value !== 'number') throw new Error('Not a number');
    return value;
  };
  const string = (message: ProtoMessage, field: number): string => strings[number(message, field)] ?? 'no such string';
  const byId = (field: number) => new Map(messages(field).map((message) => [number(message, 1), message]));
  const [mappings, locations, functions] = [byId(3), byId(4), byId(5)];
  const frameAt = (id: number): { frame: string; definition: number; mapping: string } => {
    const location = locations.get(id);
    const line = readProto(bytesOf(location?.get(4)?.[0]));
    const method = functions.get(number(line, 1));
    if (location === undefined || method === undefined) throw new Error(`Location ${id} leads nowhere`);
    const mapping = mappings.get(number(location, 2));
    return {
      frame: `${string(method, 2)}@${string(method, 4)}:${number(line, 2)}`,
      definition: number(method, 5),
      mapping: mapping === undefined ? '' : string(mapping, 5),
    };
  };
  return {
    firstString: strings[0],
    sampleTypes: messages(1).map((type) => `${string(type, 1)}/${string(type, 2)}`),
    periodType: messages(11).map((type) => `${string(type, 1)}/${string(type, 2)}`)[0],
    period: number(profile, 12),
    defaultType: string(profile, 14),
    comment: strings[packedNumbers(profile.get(13)?.[0])[0] ?? 0],
    samples: messages(2).map((sample) => ({
      stack: packedNumbers(sample.get(1)?.[0])
        .reverse()
        .map((id) => frameAt(id)),
      values: packedNumbers(sample.get(2)?.[0]),
    })),
  };
}

function bytesOf(value: number | Uint8Array | undefined): Uint8Array {
  if (value instanceof Uint8Array) return value;
  throw new Error('Not a message');
}
