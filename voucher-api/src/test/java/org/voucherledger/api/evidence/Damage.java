package org.voucherledger.api.evidence;

import static org.voucherledger.projections.evidence.Check.CONTENT;
import static org.voucherledger.projections.evidence.Check.FORM;
import static org.voucherledger.projections.evidence.Check.KEY;
import static org.voucherledger.projections.evidence.Check.LEAF;
import static org.voucherledger.projections.evidence.Check.POSITION;
import static org.voucherledger.projections.evidence.Check.SCOPE;
import static org.voucherledger.projections.evidence.Check.TREE;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.voucherledger.projections.evidence.Check;
import org.voucherledger.projections.sealedlog.Hash;

/**
 * The ways in which somebody without the key can change a bundle. Texts are bytes as ISO 8859-1, so that nothing is lost.
 *
 * @param found at least these checks must fail
 */
record Damage(Set<Check> found, BiFunction<Lines, Random, String> done) {

    private static final int CHECKPOINT = 4;

    /** The lines of a bundle without their newlines, to be changed. */
    static final class Lines {
        final List<String> all;

        Lines(String bundle) {
            all = new ArrayList<>(Arrays.asList(bundle.split("\n", -1)));
            all.removeLast();
        }

        /** The numbers of all lines of a kind. */
        List<Integer> of(String kind) {
            return IntStream.range(0, all.size())
                    .filter(i -> all.get(i).startsWith(kind + " "))
                    .boxed()
                    .toList();
        }

        int any(String kind, Random random) {
            List<Integer> numbers = of(kind);
            return numbers.get(random.nextInt(numbers.size()));
        }

        /** A line with a leaf that is an event. */
        int anyEvent(Random random) {
            List<Integer> events = of("leaf").stream()
                    .filter(i -> all.get(i).contains("{\"leaf\":\"event\""))
                    .toList();
            return events.get(random.nextInt(events.size()));
        }

        String content(int line) {
            return all.get(line).substring(50);
        }

        /** Changes a leaf, and with it the hash beside it. */
        void forge(int line, String content) {
            all.set(line, "leaf " + Hash.ofLeaf(bytes(content)).base64() + " " + content);
        }

        String joined() {
            return String.join("\n", all) + "\n";
        }
    }

    static byte[] bytes(String bundle) {
        return bundle.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** What can be done to the bundle of a whole ledger, by its name. */
    static Map<String, Damage> ofALedger() {
        var all = new LinkedHashMap<String, Damage>();
        all.put("empty", whole(FORM, (text, random) -> ""));
        all.put("binary", whole(FORM, (text, random) -> {
            byte[] noise = new byte[100_000];
            random.nextBytes(noise);
            return new String(noise, StandardCharsets.ISO_8859_1);
        }));
        all.put("one gigantic line", whole(FORM, (text, random) -> "x".repeat(17 * 1024 * 1024)));
        all.put(
                "a gigantic line after the header",
                lines(
                        FORM,
                        lines ->
                                lines.all.add(lines.of("leaf").getLast() + 1, "leaf " + "A".repeat(16 * 1024 * 1024))));
        all.put("truncated in a line", whole(FORM, (text, random) -> {
            int end = 1 + random.nextInt(text.length() - 1);
            return text.substring(0, text.charAt(end - 1) == '\n' ? end - 1 : end);
        }));
        all.put(
                "truncated between lines",
                lines(
                        FORM,
                        (lines, random) -> lines.all
                                .subList(1 + random.nextInt(lines.all.size() - 1), lines.all.size())
                                .clear()));
        all.put(
                "a header without an end",
                lines(FORM, lines -> lines.all.addAll(7, Collections.nCopies(30_000, "x".repeat(40)))));
        all.put("carriage returns", whole(FORM, (text, random) -> text.replace("\n", "\r\n")));
        all.put("a byte order mark", whole(FORM, (text, random) -> "\u00ef\u00bb\u00bf" + text));
        all.put("another version", lines(FORM, lines -> lines.all.set(0, "voucher-ledger-evidence@v2")));
        all.put("an unknown scope", lines(FORM, lines -> lines.all.set(1, "scope city")));
        all.put("a scope of nothing", lines(FORM, lines -> lines.all.set(1, "scope batch ")));
        all.put("another voucher's name", lines(SCOPE, lines -> lines.all.set(1, "scope voucher nobody")));
        all.put("a later position", lines(POSITION, (lines, random) -> position(lines, 1 + random.nextInt(9))));
        all.put("an earlier position", lines(POSITION, (lines, random) -> position(lines, -1 - random.nextInt(9))));
        all.put(
                "a position with a zero",
                lines(FORM, lines -> lines.all.set(2, lines.all.get(2).replace(" ", " 0"))));
        all.put("a position too large", lines(FORM, lines -> lines.all.set(2, "position 9223372036854775808")));
        all.put("a leaf edited", lines(CONTENT, (lines, random) -> {
            int line = lines.anyEvent(random);
            lines.all.set(line, edited(lines.all.get(line)));
        }));
        all.put("a leaf edited with its hash", lines(TREE, (lines, random) -> {
            int line = lines.anyEvent(random);
            lines.forge(line, edited(lines.content(line)));
        }));
        all.put("a back-dated leaf", lines(TREE, (lines, random) -> {
            int line = lines.anyEvent(random);
            lines.forge(line, lines.content(line).replaceFirst("\"recordedAt\":\"20", "\"recordedAt\":\"19"));
        }));
        all.put("a hash edited", new Damage(Set.of(TREE, CONTENT), line((lines, random) -> {
            int line = lines.any("leaf", random);
            lines.all.set(line, "leaf " + otherHash(random) + " " + lines.content(line));
        })));
        all.put("a hash without padding", lines(FORM, (lines, random) -> replace(lines, random, "=", " ")));
        all.put("a hash with spare bits", lines(FORM, (lines, random) -> {
            int line = lines.any("leaf", random);
            char[] text = lines.all.get(line).toCharArray();
            text[47] = (char) (text[47] + 1);
            lines.all.set(line, new String(text));
        }));
        all.put("a bare hash", lines(FORM, (lines, random) -> {
            int line = lines.any("leaf", random);
            lines.all.set(line, lines.all.get(line).substring(0, 49));
        }));
        all.put("two leaves swapped", new Damage(Set.of(TREE, POSITION), line((lines, random) -> {
            List<Integer> leaves = lines.of("leaf").stream()
                    .filter(i -> lines.content(i).startsWith("{\"leaf\":\"event\""))
                    .toList();
            int i = random.nextInt(leaves.size() - 1);
            Collections.swap(lines.all, leaves.get(i), leaves.get(i + 1));
        })));
        all.put("a leaf dropped", lines(FORM, (lines, random) -> lines.all.remove(lines.any("leaf", random))));
        all.put("a leaf twice", lines(FORM, (lines, random) -> {
            int line = lines.any("leaf", random);
            lines.all.add(line, lines.all.get(line));
        }));
        all.put("a leaf instead of another", lines(TREE, (lines, random) -> {
            List<Integer> leaves = lines.of("leaf");
            int i = random.nextInt(leaves.size() - 1);
            lines.all.set(leaves.get(i + 1), lines.all.get(leaves.get(i)));
        }));
        all.put("a leaf skipped in the middle", lines(FORM, (lines, random) -> {
            int line = lines.of("leaf").get(random.nextInt(lines.of("leaf").size() - 1));
            lines.all.set(line, "skip 1 " + lines.all.get(line).substring(5, 49));
        }));
        all.put("members swapped", new Damage(Set.of(TREE, LEAF), line((lines, random) -> {
            int line = lines.anyEvent(random);
            lines.forge(line, lines.content(line).replaceFirst("(,\"id\":\"[^\"]*\")(,\"stream\":\"[^\"]*\")", "$2$1"));
        })));
        all.put("a member twice", new Damage(Set.of(TREE, LEAF), line((lines, random) -> {
            int line = lines.anyEvent(random);
            lines.forge(line, lines.content(line).replaceFirst("(,\"id\":\"[^\"]*\")", "$1$1"));
        })));
        all.put("a space added", new Damage(Set.of(CONTENT, LEAF), line((lines, random) -> {
            int line = lines.any("leaf", random);
            lines.all.set(line, lines.all.get(line) + " ");
        })));
        all.put("no text", new Damage(Set.of(CONTENT, LEAF), line((lines, random) -> {
            int line = lines.any("leaf", random);
            lines.all.set(line, lines.all.get(line).replaceFirst("\"position\"", "\"position\u00ff\""));
        })));
        all.put("an empty line at the end", lines(FORM, lines -> lines.all.add("")));
        all.put("more at the end", lines(FORM, lines -> lines.all.add("end")));
        all.put("an empty line between", lines(FORM, (lines, random) -> lines.all.add(lines.any("leaf", random), "")));
        all.put(
                "another size",
                lines(
                        KEY,
                        (lines, random) -> lines.all.set(
                                CHECKPOINT + 1,
                                Long.toString(Long.parseLong(lines.all.get(CHECKPOINT + 1)) + 1 + random.nextInt(5)))));
        all.put(
                "another root",
                new Damage(
                        Set.of(KEY, TREE), line((lines, random) -> lines.all.set(CHECKPOINT + 2, otherHash(random)))));
        all.put("no root", lines(FORM, lines -> lines.all.set(CHECKPOINT + 2, "none")));
        all.put("another origin", lines(KEY, lines -> lines.all.set(CHECKPOINT, "ledger.example/elsewhere")));
        all.put("a line more in the checkpoint", lines(KEY, lines -> lines.all.add(CHECKPOINT + 3, "more")));
        all.put("no signature", lines(FORM, lines -> lines.all.remove(CHECKPOINT + 4)));
        all.put(
                "half a signature",
                lines(
                        FORM,
                        lines -> lines.all.set(
                                CHECKPOINT + 4, lines.all.get(CHECKPOINT + 4).replace("=", ""))));
        all.put("a signature edited", lines(KEY, lines -> {
            String line = lines.all.get(CHECKPOINT + 4);
            int at = line.length() - 20;
            char other = line.charAt(at) == 'A' ? 'B' : 'A';
            lines.all.set(CHECKPOINT + 4, line.substring(0, at) + other + line.substring(at + 1));
        }));
        all.put("too many signatures", lines(FORM, lines -> {
            for (int i = 0; i < 100; i++) {
                lines.all.add(CHECKPOINT + 4, lines.all.get(CHECKPOINT + 4));
            }
        }));
        return all;
    }

    /** What can be done to the bundle of one voucher besides. */
    static Map<String, Damage> ofAVoucher() {
        var all = new LinkedHashMap<String, Damage>();
        all.put("as a whole ledger", lines(FORM, lines -> lines.all.set(1, "scope ledger")));
        all.put("a skip with another hash", lines(TREE, (lines, random) -> {
            int line = lines.any("skip", random);
            lines.all.set(line, lines.all.get(line).replaceFirst(" [^ ]*$", " " + otherHash(random)));
        }));
        all.put("a skip of no power of two", lines(FORM, (lines, random) -> {
            int line = lines.any("skip", random);
            lines.all.set(line, lines.all.get(line).replaceFirst("skip \\d+", "skip 3"));
        }));
        all.put("a skip twice as long", lines(FORM, (lines, random) -> {
            int line = lines.any("skip", random);
            long step = Long.parseLong(lines.all.get(line).split(" ")[1]);
            lines.all.set(line, lines.all.get(line).replaceFirst("skip \\d+", "skip " + 2 * step));
        }));
        all.put("a skip of nothing", lines(FORM, (lines, random) -> {
            int line = lines.any("skip", random);
            lines.all.set(line, lines.all.get(line).replaceFirst("skip \\d+", "skip 0"));
        }));
        all.put("a skip dropped", lines(FORM, (lines, random) -> lines.all.remove(lines.any("skip", random))));
        all.put("the leaf at another index", new Damage(Set.of(), line((lines, random) -> {
            List<Integer> beside = lines.of("leaf").stream()
                    .filter(i -> lines.all.get(i - 1).startsWith("skip "))
                    .toList();
            int line = beside.get(random.nextInt(beside.size()));
            Collections.swap(lines.all, line, line - 1);
        })));
        all.put("an event of the voucher dropped", lines(Check.SEQUENCE, (lines, random) -> {
            List<Integer> mine = lines.of("leaf").stream()
                    .filter(i -> lines.content(i).contains("\"stream\":\"voucher:"))
                    .toList();
            int line = mine.get(random.nextInt(mine.size() - 1));
            lines.all.set(line, "skip 1 " + lines.all.get(line).substring(5, 49));
        }));
        return all;
    }

    private static Damage whole(Check found, BiFunction<String, Random, String> done) {
        return new Damage(Set.of(found), (lines, random) -> done.apply(lines.joined(), random));
    }

    private static Damage lines(Check found, BiConsumer<Lines, Random> done) {
        return new Damage(Set.of(found), line(done));
    }

    private static Damage lines(Check found, Consumer<Lines> done) {
        return lines(found, (lines, random) -> done.accept(lines));
    }

    private static BiFunction<Lines, Random, String> line(BiConsumer<Lines, Random> done) {
        return (lines, random) -> {
            done.accept(lines, random);
            return lines.joined();
        };
    }

    private static void position(Lines lines, long change) {
        long position = Long.parseLong(lines.all.get(2).substring("position ".length()));
        lines.all.set(2, "position " + (position + change));
    }

    private static void replace(Lines lines, Random random, String old, String other) {
        int line = lines.any("leaf", random);
        lines.all.set(line, lines.all.get(line).replaceFirst(old, other));
    }

    /** Another number somewhere in the payload or the metadata, still a well-formed leaf. */
    private static String edited(String leaf) {
        int from = leaf.indexOf("\"payload\":");
        int digit = from;
        while (digit < leaf.length() && !(leaf.charAt(digit) >= '1' && leaf.charAt(digit) <= '8')) {
            digit++;
        }
        return leaf.substring(0, digit) + (char) (leaf.charAt(digit) + 1) + leaf.substring(digit + 1);
    }

    private static String otherHash(Random random) {
        byte[] noise = new byte[32];
        random.nextBytes(noise);
        return Hash.of(noise).base64();
    }
}
