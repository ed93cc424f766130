#!/usr/bin/env node
// Checks an evidence bundle or a certificate offline:
//   node verify-evidence.mjs FILE --key KEY [--witness KEY]... [--evidence BUNDLE] [--json]
//
// Written from evidence-format.md and certificate-format.md and nothing else, so that whoever doubts `./voucher verify` has a second
// opinion. Needs Node 20 or newer and no packages. Ends with 0 only if everything holds, with 1 if something does not, with 2 if asked
// wrongly. It does not keep the books (ALL-03), which takes the domain itself.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { closeSync, openSync, readFileSync, readSync, realpathSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const LONGEST_LINE = 16 * 1024 * 1024;
const LONGEST_NOTE = 1024 * 1024;
const DEEPEST = 500;
const LARGEST = 2n ** 63n - 1n;
const LAST_SECOND = 31556889864403199n;
const CHECKS = {
  form: 'the file is whole and of its form',
  key: "the checkpoint is signed by the key, and is of the key's ledger",
  witness: 'every witness that was named has cosigned it',
  tree: "the leaves' hashes give the checkpoint's root",
  content: 'each line is what was sealed under its hash',
  leaf: 'each line is an event or a refusal in the one way to write it',
  position: 'positions strictly ascend and end where the file says',
  sequence: 'each stream is there from its first event on without a gap',
  time: 'times of recording never go backwards',
  id: "no event's id occurs twice",
  scope: 'the batch, claim or voucher that the file is about is in it, with everything that its events name',
};
const CERTIFICATE = 'voucher-ledger-certificate@v1';
const CHECKS_OF_A_CERTIFICATE = {
  form: 'the certificate is whole and of its form',
  key: "the certificate is signed by the key, and is of the key's ledger",
  sums: 'the batches add up to the whole, and no account is beyond zero (ALL-03)',
  equations: 'each equation follows from the accounts, and its sides are equal (ALL-03)',
  evidence: "the whole ledger's evidence holds, but for the books",
  checkpoint: "the certificate's checkpoint and event are those of the evidence",
};
// The accounts of each book; the first is where its amounts come from, and in a batch's scope UNALLOCATED is one too.
const BOOKS = [
  'TREASURY UNALLOCATED AVAILABLE HELD ORDERED PAID ACCEPTED CLAIMED REDEEMED LAPSED',
  'ENTERPRISE_FREE PENDING CHARGED',
  'PROVIDER_FREE RESERVED TAKEN',
  'ORDERED_BACK DUE REPAID WAIVED',
  'INCURRED OWED PROVED',
].map((book) => book.split(' '));
const OF_A_BUDGET = BOOKS[0].slice(2);

// By an event's type the kinds of stream with an event of the same command; by a member's name the kind of stream it names.
const SAME_COMMAND = {
  ApplicationGranted: 'voucher',
  CityQuotaReserved: 'voucher queue',
  CityQuotaReleased: 'voucher queue',
  MoneyTaken: 'voucher',
  MoneyCameBack: 'voucher',
  ApplicationReserved: 'voucher batch',
  ApplicationApproved: 'voucher',
  ApplicationRejected: 'voucher batch',
  ApplicationRecalled: 'voucher batch',
  VoucherIssued: 'batch',
  VoucherTaken: 'batch',
  VoucherReserved: 'batch queue',
  ReservationReleased: 'batch queue',
  VoucherClaimed: 'claim settlement',
  ItemClaimed: 'claim',
  ItemSettled: 'claim',
  SettlementBounced: 'claim',
  ClaimNumbered: 'voucher claim',
  PaymentMade: 'voucher claim',
  ClaimSubmitted: 'voucher',
  ClaimPublished: 'voucher',
  ItemsSettled: 'voucher',
  ItemBounced: 'voucher',
};
const IDS = { schemeId: 'scheme', voucherId: 'voucher', voucherIds: 'voucher', claimId: 'claim' };

/** The form is broken: nothing more can be read. */
class Broken extends Error {}
/** A text is not what it should be; whoever reads it says what follows from that. */
class Wrong extends Error {}

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function base64(text) {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.toString('base64') !== text) throw new Wrong('not Base 64');
  return bytes;
}

function hashOf(text) {
  const bytes = base64(text);
  if (bytes.length !== 32) throw new Wrong('a hash has 32 bytes');
  return bytes;
}

function number(text) {
  if (!/^(0|[1-9][0-9]{0,18})$/.test(text) || BigInt(text) > LARGEST) throw new Wrong(`not a number: ${text.slice(0, 40)}`);
  return BigInt(text);
}

function nameOf(text) {
  if (text === '' || /[\p{Z}\u0000-\u0020\u0085+]/u.test(text) || !text.isWellFormed()) throw new Wrong('not a name');
  return text;
}

// ---- keys and signed notes

function keyOf(text) {
  const [name, id, ...rest] = text.split('+');
  const typed = base64(rest.join('+'));
  if (typed.length !== 33 || (typed[0] !== 1 && typed[0] !== 4)) throw new Wrong('not an Ed25519 key');
  nameOf(name);
  const keyId = sha256(`${name}\n`, typed).subarray(0, 4);
  if (keyId.toString('hex') !== id) throw new Wrong("the key's id is not that of the key");
  const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), typed.subarray(1)]);
  return { name, id: keyId, type: typed[0], publicKey: createPublicKey({ key: der, format: 'der', type: 'spki' }) };
}

function signatureOf(line) {
  const parts = /^— ([^ ]*) (.*)$/su.exec(line);
  if (!parts) throw new Wrong('not a signature');
  const bytes = base64(parts[2]);
  if (bytes.length <= 4) throw new Wrong('not a signature');
  return { name: nameOf(parts[1]), id: bytes.subarray(0, 4), bytes: bytes.subarray(4) };
}

/** Why the note is not to be believed under this key; nothing if it is. */
function noteFailure(note, key) {
  const mine = note.signatures.filter((s) => s.name === key.name && s.id.equals(key.id));
  if (mine.length === 0) return `has no signature of ${key.name}`;
  const good = mine.every((s) => (key.type === 1 ? signed(note.text, s.bytes) : cosigned(s.bytes)));
  return good ? null : `has a false signature of ${key.name}`;

  function signed(text, bytes) {
    return bytes.length === 64 && verify(null, Buffer.from(text), key.publicKey, bytes);
  }
  function cosigned(bytes) {
    if (bytes.length !== 72) return false;
    const time = bytes.readBigUInt64BE(0);
    return time <= LAST_SECOND && signed(`cosignature/v1\ntime ${time}\n${note.text}`, bytes.subarray(8));
  }
}

/** What these bytes say; where they are no UTF-8, the fault is of this kind. */
function textOf(bytes, Fault, words) {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new Fault(words);
  }
}

/** A whole file that is a signed note. */
function noteOf(bytes) {
  const all = textOf(bytes, Wrong, 'a note is UTF-8');
  const end = all.lastIndexOf('\n\n');
  if (end < 0 || !all.endsWith('\n') || end + 2 >= all.length) throw new Wrong('a note is a text, an empty line and signatures');
  const text = all.slice(0, end + 1);
  const signatures = all.slice(end + 2, -1).split('\n');
  if (signatures.length > 100) throw new Wrong('a note of more than 100 signatures');
  if (/[\u0000-\u0009\u000b-\u001f]/.test(text)) throw new Wrong('a note has no control characters');
  return { text, signatures: signatures.map(signatureOf) };
}

// ---- leaves

/** Goes over one JSON object from `at` on and returns where it ends. */
function endOfObject(text, at) {
  if (text[at] !== '{') throw new Wrong('not an object');
  return value(at, 0);

  function value(at, depth) {
    const c = text[at];
    if (c === '{') return object(at, depth + 1);
    if (c === '[') return array(at, depth + 1);
    if (c === '"') return endOfText(text, at);
    const literal = /(?:true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)/y;
    literal.lastIndex = at;
    const found = literal.exec(text);
    if (!found) throw new Wrong('not JSON');
    return at + found[0].length;
  }
  function object(at, depth) {
    if (depth > DEEPEST) throw new Wrong('too deep');
    const names = new Set();
    at = space(at + 1);
    if (text[at] === '}') return at + 1;
    for (;;) {
      if (text[at] !== '"') throw new Wrong('not JSON');
      const end = endOfText(text, at);
      const name = JSON.parse(text.slice(at, end));
      if (names.has(name)) throw new Wrong('a name occurs twice');
      names.add(name);
      at = space(end);
      if (text[at] !== ':') throw new Wrong('not JSON');
      at = space(value(space(at + 1), depth));
      if (text[at] === '}') return at + 1;
      if (text[at] !== ',') throw new Wrong('not JSON');
      at = space(at + 1);
    }
  }
  function array(at, depth) {
    if (depth > DEEPEST) throw new Wrong('too deep');
    at = space(at + 1);
    if (text[at] === ']') return at + 1;
    for (;;) {
      at = space(value(at, depth));
      if (text[at] === ']') return at + 1;
      if (text[at] !== ',') throw new Wrong('not JSON');
      at = space(at + 1);
    }
  }
  function space(at) {
    while (text[at] === ' ' || text[at] === '\t') at++;
    return at;
  }
}

function endOfText(text, at) {
  for (at++; ; at++) {
    const c = text.charCodeAt(at);
    if (c === 0x22) return at + 1;
    if (c === 0x5c) {
      at++;
      if (text[at] === 'u' && /^[0-9a-fA-F]{4}$/.test(text.slice(at + 1, at + 5))) at += 4;
      else if (!/^["\\/bfnrt]$/.test(text[at] ?? '')) throw new Wrong('not JSON');
    } else if (!(c >= 0x20)) throw new Wrong('not JSON');
  }
}

const SECOND = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}/;
const isMoment = (text, fraction = /^\.\d{6}Z$/) => {
  if (!SECOND.test(text) || !fraction.test(text.slice(19))) return false;
  const date = new Date(`${text.slice(0, 19)}Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 19) === text.slice(0, 19);
};

const MEMBERS = {
  event: 'position:n id:t stream:t sequence:n aggregate:t recordedAt:m type:t revision:o payload:j metadata:j',
  refusal:
    'id:n actor:t idempotencyKey:t bodySha256:t commandType:t role:t onBehalfOf:t receivedAt:m rule:t about:t stage:t answer:j position:n',
  'upload-refusal':
    'id:n actor:t role:t onBehalfOf:t receivedAt:m declared:o sha256:o sizeBytes:on rule:t about:t stage:t limit:t used:t',
};

function leafOf(bytes) {
  const text = textOf(bytes, Wrong, 'not UTF-8');
  const kind = Object.keys(MEMBERS).find((k) => text.startsWith(`{"leaf":"${k}",`));
  if (!kind) throw new Wrong('neither an event nor a refusal');
  if (text.includes('\r')) throw new Wrong('not in one line');
  const leaf = { kind };
  let at = `{"leaf":"${kind}"`.length;
  for (const member of MEMBERS[kind].split(' ')) {
    const [name, form] = member.split(':');
    const start = `,"${name}":`;
    if (!text.startsWith(start, at)) throw new Wrong(`${name} is not where it must be`);
    at += start.length;
    let end;
    if (form === 'n' || (form === 'on' && !text.startsWith('null', at))) {
      end = at;
      while (text[end] >= '0' && text[end] <= '9') end++;
      leaf[name] = number(text.slice(at, end));
    } else if (form === 'j') {
      end = endOfObject(text, at);
    } else if (form.startsWith('o') && text.startsWith('null', at)) {
      end = at + 4;
    } else {
      if (text[at] !== '"') throw new Wrong(`${name} is no text`);
      end = endOfText(text, at);
      const value = JSON.parse(text.slice(at, end));
      if (!value.isWellFormed() || JSON.stringify(value) !== text.slice(at, end)) throw new Wrong(`${name} is written otherwise`);
      if (form === 'm' && !isMoment(value)) throw new Wrong(`${name} is no moment`);
      leaf[name] = value;
    }
    if (form === 'j') leaf[name] = text.slice(at, end);
    at = end;
  }
  if (text.slice(at) !== '}') throw new Wrong('there is more in the line');
  return leaf;
}

/**
 * A number for each of very many names, in 24 bytes a place. A name is known by 128 bits of its SHA-256, so that nobody can make
 * two names fall together. There can be as many as there is memory.
 */
class Known {
  size = 0;
  #places = 1 << 10;
  #hashes = new Uint32Array(4 * this.#places);
  #numbers = new Float64Array(this.#places).fill(-1);

  /** The number of this name before, undefined if it had none; it is this one from now on, which is not negative. */
  put(name, number) {
    if (this.size >= this.#places / 2) this.#grow();
    const hash = this.#hashOf(name);
    const place = this.#placeOf(hash);
    const before = this.#numbers[place];
    this.#keep(place, hash, number);
    if (before >= 0) return before;
    this.size++;
    return undefined;
  }

  has(name) {
    return this.#numbers[this.#placeOf(this.#hashOf(name))] >= 0;
  }

  #hashOf(name) {
    const digest = sha256(name);
    return [0, 4, 8, 12].map((at) => digest.readUInt32LE(at));
  }

  /** Where it is, or would be. */
  #placeOf(hash) {
    let place = hash[0] % this.#places;
    while (this.#numbers[place] >= 0 && hash.some((word, i) => this.#hashes[4 * place + i] !== word)) {
      place = (place + 1) % this.#places;
    }
    return place;
  }

  #keep(place, hash, number) {
    this.#hashes.set(hash, 4 * place);
    this.#numbers[place] = number;
  }

  #grow() {
    const hashes = this.#hashes;
    const numbers = this.#numbers;
    this.#places *= 2;
    this.#hashes = new Uint32Array(4 * this.#places);
    this.#numbers = new Float64Array(this.#places).fill(-1);
    numbers.forEach((number, place) => {
      if (number < 0) return;
      const hash = hashes.subarray(4 * place, 4 * place + 4);
      this.#keep(this.#placeOf(hash), hash, number);
    });
  }
}

// ---- what a part of the ledger must have

/** Every text in the value, with the name under which it stands; a text in an array stands under the array's. */
function* texts(value, name) {
  if (typeof value === 'string') yield [name, value];
  else if (Array.isArray(value)) for (const each of value) yield* Array.isArray(each) ? texts(each, null) : texts(each, name);
  else if (value !== null && typeof value === 'object') for (const [n, each] of Object.entries(value)) yield* texts(each, n);
}

/** Asks at the end of each command whether what its events name is there. */
function completeness(stream, has, fails) {
  const [, kind, id] = /^([^:]+):(.*)$/s.exec(stream);
  const queued = new Set();
  let command = null;
  let heard = new Set();
  let asked = [];

  const commandEnds = () => {
    for (const [holds, why] of asked) if (!holds()) fails('scope', why);
    heard = new Set();
    asked = [];
  };
  // A claim's file has the claim, the vouchers that it names, and the scheme; a voucher's the voucher and the scheme.
  const belongs = (leaf, named, text) => {
    if (kind === 'batch' || named === 'scheme') return true;
    if (kind !== 'claim') return false;
    return named === 'voucher' ? leaf.stream === stream : named === 'claim' && text === id;
  };
  const next = (leaf, where) => {
    const metadata = JSON.parse(leaf.metadata);
    const causedBy = Object.hasOwn(metadata, 'commandId') && typeof metadata.commandId === 'string' ? metadata.commandId : '';
    if (causedBy !== command) {
      commandEnds();
      command = causedBy;
    }
    heard.add(leaf.stream);
    const told = heard;
    const isThere = (other) => asked.push([() => has(other), `${where} names ${other}, of which there is no event`]);
    const isTold = (other) => asked.push([() => told.has(other), `${where}: ${other} has no event of the same command`]);
    const same = Object.hasOwn(SAME_COMMAND, leaf.type) ? SAME_COMMAND[leaf.type].split(' ') : [];
    if (kind === 'batch') same.filter((other) => !Object.values(IDS).includes(other)).forEach((other) => isTold(`${other}:${id}`));
    for (const [name, text] of texts(JSON.parse(leaf.payload), null)) {
      const named = name !== null && Object.hasOwn(IDS, name) ? IDS[name] : null;
      if (!belongs(leaf, named, text)) continue;
      if (named) (same.includes(named) ? isTold : isThere)(`${named}:${text}`);
      if (name !== 'applicationId') continue;
      if (leaf.stream === `queue:${id}`) queued.add(text);
      else asked.push([() => queued.has(text), `${where} names the application ${text}, which is in no event of queue:${id}`]);
    }
  };
  return { next, ends: commandEnds };
}

// ---- the file

/** The lines of a file as bytes, never more than one in memory; `count` is the number of the line read last. */
class Lines {
  count = 0;
  #file;
  #buffer = Buffer.alloc(1 << 16);
  #at = 0;
  #filled = 0;

  constructor(path) {
    this.#file = openSync(path, 'r');
  }

  next() {
    const parts = [];
    let length = 0;
    for (;;) {
      if (this.#at === this.#filled) {
        this.#filled = readSync(this.#file, this.#buffer);
        this.#at = 0;
        if (this.#filled === 0) {
          if (length === 0) return null;
          throw new Broken('the file ends in the middle of a line');
        }
      }
      const newline = this.#buffer.subarray(0, this.#filled).indexOf(0x0a, this.#at);
      const end = newline < 0 ? this.#filled : newline;
      parts.push(Buffer.from(this.#buffer.subarray(this.#at, end)));
      length += end - this.#at;
      if (length > LONGEST_LINE) throw new Broken('a line is longer than 16 MiB');
      this.#at = newline < 0 ? end : end + 1;
      if (newline >= 0) {
        this.count++;
        return Buffer.concat(parts);
      }
    }
  }

  nextText() {
    const line = this.next();
    if (line === null) throw new Broken('the file ends within its header');
    return textOf(line, Broken, 'a line is no UTF-8');
  }

  close() {
    closeSync(this.#file);
  }
}

function headerOf(lines) {
  if (lines.nextText() !== 'voucher-ledger-evidence@v1') throw new Broken('the first line is another');
  const scope = /^scope (?:(ledger)|(batch|claim|voucher) (.+))$/su.exec(lines.nextText());
  if (!scope) throw new Broken('no scope');
  const position = lines.nextText();
  if (!position.startsWith('position ')) throw new Broken('no position');
  const end = number(position.slice('position '.length));
  if (lines.nextText() !== '') throw new Broken('no empty line after the position');
  let length = 0;
  const untilEmpty = () => {
    const found = [];
    for (let line = lines.nextText(); line !== ''; line = lines.nextText()) {
      found.push(line);
      length += line.length + 1;
      if (length > LONGEST_NOTE) throw new Broken('the checkpoint is too long');
    }
    return found;
  };
  const text = untilEmpty();
  length++;
  const signatures = untilEmpty();
  if (text.some((line) => /[\u0000-\u001f]/.test(line))) throw new Broken('a note has no control characters');
  if (text.length < 3 || signatures.length < 1 || signatures.length > 100) throw new Broken('no checkpoint');
  const checkpoint = { origin: text[0], size: number(text[1]), root: hashOf(text[2]) };
  if (checkpoint.size === 0n && !checkpoint.root.equals(sha256())) throw new Broken('nothing has another root');
  return {
    stream: scope[1] ? null : `${scope[2]}:${scope[3]}`,
    end,
    checkpoint,
    note: { text: `${text.join('\n')}\n`, signatures: signatures.map(signatureOf) },
    begun: breaksOf(text.slice(3)),
  };
}

/** What a checkpoint says of its log and of those before it, the newest first, if they were begun anew. */
function breaksOf(extensions) {
  const breaks = [];
  for (let at = 0; at < extensions.length; at++) {
    if (!extensions[at].startsWith('after ')) continue;
    breaks.push(breakOf(extensions, at));
    if (breaks.at(-2)?.holds < breaks.at(-1).holds) throw new Wrong('of a log more holds than of the one after it');
    at += 3;
  }
  return breaks;
}

/** Four lines, the first of which begins with "after ". */
function breakOf(extensions, at) {
  const told = ['after ', 'holds ', 'given-up ', 'because '].map((word, i) => {
    const line = extensions[at + i] ?? '';
    if (!line.startsWith(word)) throw new Wrong('a break is told in four lines');
    return line.slice(word.length);
  });
  const [holds, givenUp] = told.slice(1, 3).map((text) => {
    const [size, ...root] = text.split(' ');
    return { size: number(size), root: hashOf(root.join(' ')) };
  });
  const nothing = holds.size === 0n && !holds.root.equals(sha256());
  if (givenUp.size <= holds.size || nothing || told[3] === '') throw new Wrong('not a break');
  return { ended: keyOf(told[0]).name, holds: holds.size, givenUp: givenUp.size, reason: told[3] };
}

/** @param told hears of every leaf, with the size of the tree up to it and its root, if asked */
function checkBundle(path, key, witnesses, told = () => {}) {
  const failures = new Map();
  let header = null;
  const counts = { leaves: 0, events: 0, refusals: 0, streams: 0 };
  const fails = (name, why) => failures.has(name) || failures.set(name, why);
  const lines = new Lines(path);
  try {
    header = headerOf(lines);
    const { stream, end, checkpoint, note } = header;
    const unsigned = key.type === 1 ? noteFailure(note, key) : 'is not signed by a key for checkpoints';
    if (unsigned) fails('key', `the checkpoint ${unsigned}`);
    else if (checkpoint.origin !== key.name) fails('key', `the checkpoint is of ${checkpoint.origin}`);
    for (const witness of witnesses) {
      const missing = witness.type === 4 ? noteFailure(note, witness) : 'names a key that is not for witnesses';
      if (missing) fails('witness', `the checkpoint ${missing}`);
    }

    const stack = [];
    const fold = () => stack.map((s) => s.hash).reduceRight((right, left) => sha256('\x01', left, right));
    const rootOf = () => (stack.length === 0 ? sha256() : fold());
    let size = 0n;
    const put = (hash, leaves) => {
      size += leaves;
      if (size > checkpoint.size) throw new Broken('more leaves than the checkpoint has');
      for (; stack.at(-1)?.leaves === leaves; leaves *= 2n) hash = sha256('\x01', stack.pop().hash, hash);
      stack.push({ hash, leaves });
    };
    const ids = new Known();
    const sequences = new Known();
    let lastPosition = 0n;
    const lastRefusal = { refusal: 0n, 'upload-refusal': 0n };
    let lastRecorded = '';
    let skipped = false;
    const part = stream === null ? null : completeness(stream, (other) => sequences.has(other), fails);

    const event = (leaf, where) => {
      counts.events++;
      if (leaf.position <= lastPosition) fails('position', `${where} does not come after ${lastPosition}`);
      if (leaf.position > end) fails('position', `${where} is beyond ${end}`);
      // Beyond 2^53 a sequence was wrong before.
      const expected = (sequences.put(leaf.stream, Number(leaf.sequence)) ?? -1) + 1;
      if (leaf.sequence !== BigInt(expected)) fails('sequence', `${where} should have sequence ${expected}`);
      if (leaf.recordedAt < lastRecorded) fails('time', `${where} is recorded before the one ahead of it`);
      if (ids.put(leaf.id, 0) !== undefined) fails('id', `${where} has an id that occurred before`);
      if (leaf.position > lastPosition) lastPosition = leaf.position;
      lastRecorded = leaf.recordedAt;
      part?.next(leaf, where);
    };
    const refusal = (leaf, where) => {
      counts.refusals++;
      const before = lastRefusal[leaf.kind];
      if (leaf.id <= before) fails('position', `${where} does not come after ${leaf.kind} ${before}`);
      else lastRefusal[leaf.kind] = leaf.id;
    };

    for (let line = lines.next(); line !== null; line = lines.next()) {
      if (line.subarray(0, 5).equals(Buffer.from('skip '))) {
        const parts = /^skip ([^ ]+) (.+)$/s.exec(line.toString('latin1'));
        if (!parts) throw new Broken('no skip');
        const step = number(parts[1]);
        if (step === 0n || (step & (step - 1n)) !== 0n || size % step !== 0n) throw new Broken('a skip of no complete subtree');
        put(hashOf(parts[2]), step);
        skipped = true;
        continue;
      }
      if (!line.subarray(0, 5).equals(Buffer.from('leaf ')) || line[49] !== 0x20) throw new Broken('neither leaf nor skip');
      if (stream === null && skipped) throw new Broken('a whole ledger leaves nothing out before its last leaf');
      const sealed = hashOf(line.toString('latin1', 5, 49));
      put(sealed, 1n);
      counts.leaves++;
      const content = line.subarray(50);
      let leaf = null;
      let where = `line ${lines.count}`;
      try {
        leaf = leafOf(content);
        if (leaf.kind === 'event') where += ` (position ${leaf.position}, stream ${leaf.stream}, sequence ${leaf.sequence})`;
      } catch (wrong) {
        if (!(wrong instanceof Wrong)) throw wrong;
        fails('leaf', `${where}: ${wrong.message}`);
      }
      if (!sha256('\x00', content).equals(sealed)) fails('content', `${where} is not what was sealed`);
      if (leaf) told(leaf, size, rootOf);
      if (leaf?.kind === 'event') event(leaf, where);
      if (leaf && leaf.kind !== 'event') refusal(leaf, where);
    }

    counts.streams = sequences.size;
    if (size !== checkpoint.size) throw new Broken(`the checkpoint has ${checkpoint.size} leaves, the file ends after ${size}`);
    if (!rootOf().equals(checkpoint.root)) fails('tree', 'the hashes give another root');
    if (stream === null && lastPosition !== end) fails('position', `the last event is at ${lastPosition}, not at ${end}`);
    part?.ends();
    if (stream !== null && !sequences.has(stream)) fails('scope', `there is no event of ${stream}`);
  } catch (broken) {
    if (!(broken instanceof Broken) && !(broken instanceof Wrong)) throw broken;
    failures.delete('scope');
    failures.set('form', `after line ${lines.count}: ${broken.message}`);
  } finally {
    lines.close();
  }
  return { failures, counts, header };
}

// ---- certificates

function certificateOf(bytes) {
  const note = noteOf(bytes);
  const lines = note.text.slice(0, -1).split('\n');
  const next = (word) => {
    const line = lines.shift();
    if (!line?.startsWith(word)) throw new Wrong(`no line where "${word.trim()}" must stand`);
    return line.slice(word.length);
  };
  const insist = (condition, otherwise) => {
    if (!condition) throw new Wrong(otherwise);
  };
  const fen = (text) => {
    insist(/^(0|-?[1-9][0-9]{0,14})$/.test(text), 'an amount is whole fen');
    return BigInt(text);
  };
  const isId = (text) => /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(text);

  insist(next('') === CERTIFICATE, 'the first line is another');
  const ledger = next('ledger ');
  const [, kind, id] = /^(batch|scheme) (.*)$/.exec(next('scope ')) ?? [];
  insist(ledger !== '' && kind && isId(id), 'neither of a batch nor of a scheme');
  const position = number(next('position '));
  const time = next('time ');
  insist(isMoment(time, /^(\.(\d{3}){0,2}(?!000)\d{3})?Z$/), 'a time is an instant in UTC');
  const size = number(next('size '));
  const root = hashOf(next('root '));
  insist(size !== 0n || root.equals(sha256()), 'nothing has another root');
  const fund = kind === 'scheme' ? fen(next('fund ')) : 0n;
  const batches = new Map();
  while (lines[0]?.startsWith('batch ')) {
    const [, batch, budget, terms] = /^([^:]+): (.+?) = (.*)$/.exec(next('batch ')) ?? [];
    insist(batch && isId(batch) && !([...batches.keys()].at(-1) >= batch), 'batches stand in the order of their ids');
    const amounts = terms.split(' + ');
    insist(amounts.length === OF_A_BUDGET.length, 'a batch has all its accounts');
    const accounts = OF_A_BUDGET.map((account, i) => {
      insist(amounts[i].startsWith(`${account} `), "a batch's accounts stand in their order");
      return [account, fen(amounts[i].slice(account.length + 1))];
    });
    batches.set(batch, { budget: fen(budget), accounts: new Map(accounts) });
  }
  insist(kind === 'scheme' || (batches.size === 1 && batches.has(id)), "a batch's certificate names that batch and no other");
  const sums = new Map(BOOKS.flat().map((account) => [account, fen(next(`account ${account} `))]));
  insist(lines.every((line) => line.startsWith('equation ')), 'after the accounts come equations and nothing else');
  return { note, ledger, kind, position, time, size, root, fund, batches, sums, equations: lines };
}

/** What a certificate's figures must keep: each equation as it is written there, with both sides, and whatever else is wrong. */
function reckon({ kind, fund, batches, sums }) {
  const total = (accounts, of = sums) => accounts.reduce((sum, account) => sum + of.get(account), 0n);
  const isSource = (account) => BOOKS.some((book) => book[0] === account) || (kind === 'batch' && account === 'UNALLOCATED');
  const equations = BOOKS.map((book) => {
    const from = book.filter(isSource);
    const to = book.filter((account) => !isSource(account));
    return { words: `${from.map((account) => `-${account}`).join(' ')} = ${to.join(' + ')}`, left: -total(from), right: total(to) };
  });
  const budgets = [...batches.values()].reduce((sum, batch) => sum + batch.budget, 0n);
  if (kind === 'scheme') equations.push({ words: 'fund = UNALLOCATED + budgets', left: fund, right: total(['UNALLOCATED']) + budgets });
  const written = equations.map(({ words, left, right }) => `equation ${words}: ${left} = ${right}`);
  batches.forEach(({ budget, accounts }, id) => {
    equations.push({ words: `batch ${id}: budget = ${OF_A_BUDGET.join(' + ')}`, left: budget, right: total(OF_A_BUDGET, accounts) });
  });
  const unequal = equations.filter(({ left, right }) => left !== right).map(({ words, left, right }) => `${words}: ${left} <> ${right}`);
  const wrong = [...unequal];
  sums.forEach((fen, account) => (isSource(account) ? fen > 0n : fen < 0n) && wrong.push(`${account} is on the wrong side of zero`));
  batches.forEach(({ accounts }, id) => {
    accounts.forEach((fen, account) => fen < 0n && wrong.push(`batch ${id}: ${account} is below zero`));
  });
  for (const account of OF_A_BUDGET) {
    const inBatches = [...batches.values()].reduce((sum, batch) => sum + batch.accounts.get(account), 0n);
    if (inBatches !== sums.get(account)) wrong.push(`${account}: ${inBatches} in the batches <> ${sums.get(account)}`);
  }
  return { written, unequal, wrong };
}

function checkCertificate(path, key, witnesses, evidence) {
  const failures = new Map();
  const fails = (name, why) => failures.has(name) || failures.set(name, why);
  let certificate;
  try {
    if (statSync(path).size > LONGEST_NOTE) throw new Wrong('it is longer than 1 MiB');
    certificate = certificateOf(readFileSync(path));
  } catch (wrong) {
    if (!(wrong instanceof Wrong)) throw wrong;
    fails('form', wrong.message);
    return { failures, counts: {}, header: null };
  }
  const unsigned = key.type === 1 ? noteFailure(certificate.note, key) : 'is not signed by a key for certificates';
  if (unsigned) fails('key', `the certificate ${unsigned}`);
  else if (certificate.ledger !== key.name) fails('key', `the certificate is of ${certificate.ledger}`);
  const { written, unequal, wrong } = reckon(certificate);
  if (wrong.length > 0) fails('sums', wrong[0]);
  const said = certificate.equations;
  const other = Array.from({ length: Math.max(said.length, written.length) }, (_, i) => i).find((i) => said[i] !== written[i]);
  if (other !== undefined) fails('equations', `"${said[other] ?? ''}" where the accounts give "${written[other] ?? ''}"`);
  else if (unequal.length > 0) fails('equations', unequal[0]);
  if (!evidence) return { failures, counts: {}, header: null };
  const { counts, header } = holdAgainst(evidence, certificate, key, witnesses, fails);
  return { failures, counts, header };
}

/** A bundle of the whole ledger must have the certificate's tree, and its event at that position and time. */
function holdAgainst(evidence, { position, time, size, root }, key, witnesses, fails) {
  let last = null;
  let sizeWithLast = 0n;
  let rootThen = null;
  const found = checkBundle(evidence, key, witnesses, (leaf, sizeThen, rootOf) => {
    if (leaf.kind === 'event' && leaf.position <= position) [last, sizeWithLast] = [leaf, sizeThen];
    if (sizeThen === size) rootThen = rootOf();
  });
  const { stream, end, checkpoint } = found.header ?? {};
  // As a leaf writes it; of a finer time there is no event.
  const at = `${time.slice(0, -1).padEnd(20, '.').padEnd(26, '0')}Z`;
  if (found.failures.size > 0) fails('evidence', [...found.failures.values()][0]);
  else if (stream !== null) fails('evidence', 'it is not of the whole ledger');
  else if (end < position) fails('evidence', `it ends at position ${end}`);
  else {
    const itsRoot = checkpoint.size === size ? checkpoint.root : rootThen;
    if (!itsRoot?.equals(root)) fails('checkpoint', 'the evidence has another tree, or none of that size');
    else if (sizeWithLast > size) fails('checkpoint', `the event at position ${position} is not in that tree`);
    else if (last?.position !== position || last.recordedAt !== at) fails('checkpoint', `no such event at position ${position}`);
  }
  return found;
}

/** A file is what its first line says. */
function isCertificate(path) {
  const file = openSync(path, 'r');
  const start = Buffer.alloc(CERTIFICATE.length);
  readSync(file, start);
  closeSync(file);
  return start.toString('latin1') === CERTIFICATE;
}

function check(path, key, witnesses, evidence) {
  return isCertificate(path) ? checkCertificate(path, key, witnesses, evidence) : checkBundle(path, key, witnesses);
}

// ---- the command

function keyArgument(text) {
  try {
    return keyOf(text ?? '');
  } catch {
    try {
      return keyOf(readFileSync(text, 'utf8').trim());
    } catch {
      console.error(`There is no public key in ${text}.`);
      process.exit(2);
    }
  }
}

/** Text of the file stays within its line of the console, and shows what would move the cursor or hide something. */
function visible(text) {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (c) => `\\u{${c.codePointAt(0).toString(16)}}`);
}

function main(given) {
  const files = [];
  const witnesses = [];
  let key = null;
  let evidence = null;
  let json = false;
  while (given.length > 0) {
    const word = given.shift();
    if (word === '--key') key = keyArgument(given.shift());
    else if (word === '--witness') witnesses.push(keyArgument(given.shift()));
    else if (word === '--evidence') evidence = given.shift() ?? '';
    else if (word === '--json') json = true;
    else files.push(word);
  }
  const isFile = (path) => statSync(path, { throwIfNoEntry: false })?.isFile();
  const asked = files.length === 1 && key && isFile(files[0]) && (evidence === null || isFile(evidence));
  // Evidence goes with a certificate, and a witness has cosigned the checkpoint of evidence.
  if (!asked || (isCertificate(files[0]) ? evidence === null && witnesses.length > 0 : evidence !== null)) {
    console.error('Usage: node verify-evidence.mjs FILE --key KEY [--witness KEY]... [--evidence BUNDLE] [--json]');
    process.exit(2);
  }
  const certificate = isCertificate(files[0]);
  const { failures, counts, header } = check(files[0], key, witnesses, evidence);
  for (const { ended, holds, givenUp, reason } of header?.begun ?? []) {
    console.log(visible(`This log was begun anew: the first ${holds} leaves of ${ended} hold in it; what that one had signed beyond,`));
    console.log(visible(`up to ${givenUp} leaves as far as was known, was openly given up. Because: ${reason}`));
  }
  const words = certificate ? CHECKS_OF_A_CERTIFICATE : CHECKS;
  failures.forEach((why, name) => console.log(visible(`[fails] ${words[name]}: ${why}`)));
  const holds = failures.size === 0;
  const leftOut = certificate ? 'the figures are not recomputed' : 'the books, ALL-03, are not kept';
  console.log(holds ? `Everything holds (${leftOut} here).` : 'It does not hold.');
  if (json) console.log(JSON.stringify({ holds, failed: [...failures.keys()], ...counts }));
  process.exitCode = holds ? 0 : 1;
}

// Another program may ask for many files at once.
export { check, keyOf };
if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) main(process.argv.slice(2));
