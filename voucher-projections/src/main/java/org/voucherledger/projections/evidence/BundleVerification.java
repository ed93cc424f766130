package org.voucherledger.projections.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.voucherledger.projections.sealedlog.Break;
import org.voucherledger.projections.sealedlog.Checkpoint;
import org.voucherledger.projections.sealedlog.Cosignature;
import org.voucherledger.projections.sealedlog.EventLeaf;
import org.voucherledger.projections.sealedlog.Frontier;
import org.voucherledger.projections.sealedlog.Hash;
import org.voucherledger.projections.sealedlog.Leaf;
import org.voucherledger.projections.sealedlog.NoteKey;
import org.voucherledger.projections.sealedlog.RefusalLeaf;
import org.voucherledger.projections.sealedlog.SignedNote;
import org.voucherledger.projections.sealedlog.Unreadable;
import org.voucherledger.projections.sealedlog.UploadRefusalLeaf;

/**
 * Checks an evidence bundle in one pass, with nothing but the file and public keys: no database, no network, no clock.
 *
 * <p>A failure does not end it, so that everything that is wrong is told; only where the file is no bundle any more it stops.
 */
public final class BundleVerification {

    private final NoteKey key;
    private final List<NoteKey> witnesses;
    private final BooksOfAFile books;
    private final LeavesOfAFile told;

    private final Map<Check, Failure> failures = new EnumMap<>(Check.class);
    private final Set<Check> checked = EnumSet.of(Check.FORM);
    private final List<Cosignature> cosignatures = new ArrayList<>();
    private final Frontier tree = new Frontier();
    private final Succession succession = new Succession(this::fails);
    private Scope scope;
    /** Of a part of the ledger only; the whole of it has no gap that could hide anything. */
    private Completeness completeness;

    private long position;
    private SignedNote signed;
    private Checkpoint checkpoint;
    private List<Break> begun = List.of();
    private long leaves;
    private long events;
    private long refusals;
    private boolean skipped;

    private BundleVerification(NoteKey key, List<NoteKey> witnesses, BooksOfAFile books, LeavesOfAFile told) {
        this.key = key;
        this.witnesses = List.copyOf(witnesses);
        this.books = books;
        this.told = told;
    }

    /**
     * Checks the bundle.
     *
     * @param key of the ledger that it must be of
     * @param witnesses each of which must have cosigned the checkpoint
     * @param books asked for every event of a whole ledger
     */
    public static Findings of(InputStream bundle, NoteKey key, List<NoteKey> witnesses, BooksOfAFile books)
            throws IOException {
        return of(bundle, key, witnesses, books, (leaf, size, root) -> {});
    }

    /** The same, telling every leaf to somebody who has more to ask of them. */
    public static Findings of(
            InputStream bundle, NoteKey key, List<NoteKey> witnesses, BooksOfAFile books, LeavesOfAFile told)
            throws IOException {
        return new BundleVerification(key, witnesses, books, told).read(new Lines(bundle));
    }

    private Findings read(Lines lines) throws IOException {
        try {
            header(lines);
            cosignatures.addAll(Signatures.check(signed, checkpoint, key, witnesses, this::fails));
            for (byte[] line = lines.next(); line != null; line = lines.next()) {
                item(line, lines.number());
            }
            end(lines.number());
        } catch (BrokenForm broken) {
            failures.put(Check.FORM, broken.failure());
            // What only the end of the file can tell is not known.
            checked.removeAll(EnumSet.of(Check.TREE, Check.SCOPE));
            failures.remove(Check.SCOPE);
        }
        return new Findings(
                Collections.unmodifiableSet(checked),
                List.copyOf(failures.values()),
                scope,
                position,
                succession.lastPosition(),
                checkpoint,
                begun,
                List.copyOf(cosignatures),
                leaves,
                events,
                refusals,
                succession.streams());
    }

    private void header(Lines lines) throws IOException {
        if (!text(lines).equals(BundleForm.FIRST_LINE)) {
            throw new BrokenForm(1, "首行应为 " + BundleForm.FIRST_LINE, "the first line is not " + BundleForm.FIRST_LINE);
        }
        try {
            scope = Scope.parse(after(BundleForm.SCOPE, text(lines)));
            position = Checkpoint.number(after(BundleForm.POSITION, text(lines)));
            insist(text(lines).isEmpty());
            var note = new StringBuilder();
            note(lines, note);
            note.append('\n');
            note(lines, note);
            signed = SignedNote.parse(note.toString());
            var said = Checkpoint.of(signed);
            begun = Break.in(said.extensions());
            checkpoint = said;
        } catch (Unreadable notOne) {
            throw new BrokenForm(
                    lines.number(),
                    "文件头或检查点不合格式",
                    "the header or its checkpoint is not of its form: " + notOne.getMessage());
        }
        checked.addAll(EnumSet.range(Check.KEY, Check.ID));
        if (witnesses.isEmpty()) {
            checked.remove(Check.WITNESS);
        }
        if (!scope.isWholeLedger()) {
            checked.add(Check.SCOPE);
            completeness = new Completeness(scope, succession, this::fails);
        } else if (books != null) {
            checked.add(Check.BOOKS);
        }
    }

    /** The lines up to an empty one. */
    private static void note(Lines lines, StringBuilder note) throws IOException {
        for (String line = text(lines); !line.isEmpty(); line = text(lines)) {
            note.append(line).append('\n');
            if (note.length() > BundleForm.LONGEST_NOTE) {
                throw new BrokenForm(lines.number(), "检查点过长", "the checkpoint is too long");
            }
        }
    }

    private static String text(Lines lines) throws IOException {
        byte[] line = lines.next();
        if (line == null) {
            throw new BrokenForm(lines.number() + 1, "文件在文件头中间中断", "the file ends within its header");
        }
        return text(line, lines.number());
    }

    private static String text(byte[] line, long number) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw new BrokenForm(number, "该行不是 UTF-8 文本", "the line is no UTF-8 text");
        }
    }

    private static String after(String word, String line) {
        insist(line.startsWith(word));
        return line.substring(word.length());
    }

    private static void insist(boolean condition) {
        if (!condition) {
            throw new Unreadable("a line is not where it must be");
        }
    }

    private void item(byte[] line, long number) {
        if (startsWith(line, BundleForm.LEAF)) {
            leaf(line, number);
        } else if (startsWith(line, BundleForm.SKIP)) {
            skip(text(line, number), number);
        } else {
            throw new BrokenForm(number, "该行既非 leaf 也非 skip", "the line is neither a leaf nor a skip");
        }
        if (tree.size() > checkpoint.size()) {
            throw new BrokenForm(
                    number,
                    "文件的叶多于检查点的 " + checkpoint.size() + " 片",
                    "the file has more leaves than the " + checkpoint.size() + " of its checkpoint");
        }
    }

    private void skip(String line, long number) {
        try {
            String rest = line.substring(BundleForm.SKIP.length());
            int space = rest.indexOf(' ');
            insist(space > 0);
            long step = Checkpoint.number(rest.substring(0, space));
            Hash hash = Hash.ofBase64(rest.substring(space + 1));
            insist(Long.bitCount(step) == 1);
            tree.appendSubtree(Long.numberOfTrailingZeros(step), hash);
        } catch (Unreadable | IllegalArgumentException notOne) {
            throw new BrokenForm(number, "该行不是此处可用的 skip", "the line is no skip that can stand here");
        }
        skipped = true;
    }

    private void leaf(byte[] line, long number) {
        int from = BundleForm.LEAF.length() + BundleForm.HASH_CHARACTERS + 1;
        if (line.length < from || line[from - 1] != ' ') {
            throw new BrokenForm(number, "该行不是一片叶", "the line is no leaf");
        }
        if (scope.isWholeLedger() && skipped) {
            throw new BrokenForm(number, "整本账的文件中间有缺", "a whole ledger leaves nothing out before its last leaf");
        }
        Hash sealed;
        try {
            sealed = Hash.ofBase64(new String(
                    line, BundleForm.LEAF.length(), BundleForm.HASH_CHARACTERS, StandardCharsets.ISO_8859_1));
        } catch (Unreadable noHash) {
            throw new BrokenForm(number, "该行没有叶的哈希", "the line has no hash of its leaf");
        }
        byte[] content = Arrays.copyOfRange(line, from, line.length);
        tree.append(sealed);
        leaves++;
        Leaf leaf = read(content, number);
        if (!Hash.ofLeaf(content).equals(sealed)) {
            fails(
                    Check.CONTENT,
                    leaf == null ? new Place(number, null, null, null) : Succession.placeOf(number, leaf),
                    "内容不是当时封存的内容",
                    "this is not what was sealed here");
        }
        switch (leaf) {
            case null -> {}
            case EventLeaf event -> {
                events++;
                succession.next(number, event, position);
                if (completeness != null) {
                    completeness.next(number, event);
                }
                keepBooks(number, event);
            }
            case RefusalLeaf refusal -> {
                refusals++;
                succession.next(number, refusal);
            }
            case UploadRefusalLeaf refusal -> {
                refusals++;
                succession.next(number, refusal);
            }
        }
        told.after(leaf, tree.size(), tree::root);
    }

    private Leaf read(byte[] content, long number) {
        try {
            return Leaf.parse(content);
        } catch (Unreadable notOne) {
            fails(
                    Check.LEAF,
                    new Place(number, null, null, null),
                    "该行不是规范写法的事件或拒绝记录",
                    "the line is no event or refusal as it must be written: " + notOne.getMessage());
            return null;
        }
    }

    private void keepBooks(long number, EventLeaf event) {
        // Behind the first event that does not fit, books say nothing.
        if (checked.contains(Check.BOOKS) && !failures.containsKey(Check.BOOKS)) {
            books.after(event)
                    .ifPresent(sentence ->
                            fails(Check.BOOKS, Succession.placeOf(number, event), "账目不平：" + sentence, sentence));
        }
    }

    private void end(long lastLine) {
        if (tree.size() < checkpoint.size()) {
            throw new BrokenForm(
                    lastLine,
                    "文件不完整：检查点有 " + checkpoint.size() + " 片叶，文件只到 " + tree.size(),
                    "the file is not whole: its checkpoint has " + checkpoint.size() + " leaves, the file ends after "
                            + tree.size());
        }
        if (!tree.root().equals(checkpoint.root())) {
            fails(
                    Check.TREE,
                    Place.WHOLE_FILE,
                    "哈希合成的根与检查点不符：有行被增删、换位或连同哈希一起改动",
                    "the hashes give another root than the checkpoint's: lines were added, dropped, moved, or changed"
                            + " together with their hashes");
        }
        if (scope.isWholeLedger()) {
            succession.endsAt(position);
            if (checked.contains(Check.BOOKS) && !failures.containsKey(Check.BOOKS)) {
                books.atTheEnd()
                        .ifPresent(sentence -> fails(Check.BOOKS, succession.last(), "账目不平：" + sentence, sentence));
            }
        } else {
            completeness.ends();
            if (!succession.has(scope.stream())) {
                fails(
                        Check.SCOPE,
                        Place.WHOLE_FILE,
                        "文件中没有“" + scope.stream() + "”的事件",
                        "the file has no event of " + scope.stream());
            }
        }
    }

    private void fails(Check check, Place place, String zh, String en) {
        failures.putIfAbsent(check, new Failure(check, place, zh, en));
    }

    private static boolean startsWith(byte[] line, String word) {
        byte[] start = word.getBytes(StandardCharsets.US_ASCII);
        return line.length >= start.length && Arrays.equals(line, 0, start.length, start, 0, start.length);
    }
}
