import { readFileSync } from 'node:fs';
import { report } from './report';

void report((path) => JSON.parse(readFileSync(path, 'utf8')).samples);
