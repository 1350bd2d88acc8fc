import { expect, it } from 'vitest';
import { camelize, plural, singular, underscore } from '../../src/ruby/inflect';
import { readSchema } from '../../src/ruby/schema';
import { prism } from '../support/prism';

const schema = [
  'ActiveRecord::Schema[7.1].define(version: 1) do',
  '  create_table "billing_invoices", force: :cascade do |t|',
  '    t.string "number", null: false',
  '    t.references :user',
  '    t.timestamps',
  '    t.index ["number"], name: "by_number"',
  '  end',
  '  create_table :tags_users, id: false do |t|',
  '    t.column :tag_id, :integer',
  '  end',
  'end',
].join('\n');

it('knows the columns of a model', async () => {
  const read = readSchema(await prism(), schema)!;
  expect([...read.columnsOf('Billing::Invoice')!].sort()).toEqual([
    'created_at',
    'id',
    'number',
    'updated_at',
    'user_id',
  ]);
  expect([...read.columnsOfTable('tags_users')!]).toEqual(['tag_id']);
  expect(read.columnsOf('User')).toBeNull();
  expect(readSchema(await prism(), 'x = 1')).toBeNull();
});

it.each([
  ['user', 'users'],
  ['line_item', 'line_items'],
  ['category', 'categories'],
  ['day', 'days'],
  ['address', 'addresses'],
  ['box', 'boxes'],
  ['match', 'matches'],
  ['status', 'statuses'],
  ['person', 'people'],
  ['sales_person', 'sales_people'],
  ['purchase', 'purchases'],
  ['size', 'sizes'],
  ['cache', 'caches'],
  ['news', 'news'],
])('%s, %s', (one, many) => {
  expect([plural(one), singular(many)]).toEqual([many, one]);
});

it('turns class names into words and back', () => {
  expect(underscore('Billing::LineItem')).toBe('billing/line_item');
  expect(underscore('APIKey')).toBe('api_key');
  expect(camelize('line_item')).toBe('LineItem');
});
