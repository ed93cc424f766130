package org.voucherledger.projections.sealedlog;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What a log says of itself (C2SP {@code tlog-checkpoint}): which log it is, how many leaves it has, and the root over them.
 *
 * @param origin which log this is
 * @param extensions further lines, signed like the others
 */
public record Checkpoint(String origin, long size, Hash root, List<String> extensions) {

    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,18}");

    public Checkpoint {
        if (origin.isEmpty() || origin.contains("\n")) {
            throw new Unreadable("a checkpoint's origin is one line");
        }
        if (size < 0 || size == 0 && !root.equals(Hash.OF_NOTHING)) {
            throw new Unreadable("the root of nothing is the hash of nothing");
        }
        if (extensions.stream().anyMatch(line -> line.isEmpty() || line.contains("\n"))) {
            throw new Unreadable("an extension of a checkpoint is one line");
        }
        extensions = List.copyOf(extensions);
    }

    public Checkpoint(String origin, long size, Hash root) {
        this(origin, size, root, List.of());
    }

    /**
     * What the text of a note says; whether it is signed is another question.
     *
     * @throws Unreadable if the text is no checkpoint
     */
    public static Checkpoint of(SignedNote note) {
        String[] lines = note.text().substring(0, note.text().length() - 1).split("\n", -1);
        if (lines.length < 3) {
            throw new Unreadable("a checkpoint has an origin, a size and a root");
        }
        return new Checkpoint(
                lines[0],
                number(lines[1]),
                Hash.ofBase64(lines[2]),
                List.of(lines).subList(3, lines.length));
    }

    /**
     * A number as proofs and checkpoints write it: decimal, without leading zeroes.
     *
     * @throws Unreadable if it is none
     */
    public static long number(String text) {
        if (!NUMBER.matcher(text).matches()) {
            throw new Unreadable("not a number: " + (text.length() > 40 ? "much too long" : text));
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException tooLarge) {
            throw new Unreadable("a number too large: " + text);
        }
    }

    /** The text that is signed. */
    public SignedNote unsigned() {
        var text = new StringBuilder()
                .append(origin)
                .append('\n')
                .append(size)
                .append('\n')
                .append(root.base64())
                .append('\n');
        extensions.forEach(line -> text.append(line).append('\n'));
        return SignedNote.unsigned(text.toString());
    }
}
