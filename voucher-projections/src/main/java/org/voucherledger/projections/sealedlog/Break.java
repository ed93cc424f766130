package org.voucherledger.projections.sealedlog;

import java.util.ArrayList;
import java.util.List;

/**
 * How a log was begun anew where another one could not be gone on with: its leaves are those of the other up to some size, and
 * what the other had signed beyond that is given up. Four extension lines of every checkpoint of the new log say so, and behind
 * them stand those of the log before, if that was begun anew itself: whoever missed one beginning hears of it from the next.
 *
 * @param ended the key of the log that is not gone on with
 * @param holds how many of its leaves the new log has, those of its last checkpoint that still holds; 0 if none does
 * @param root over these
 * @param givenUp the size of its largest checkpoint that is known
 * @param givenUpRoot the root of that
 * @param reason in one line
 */
public record Break(NoteKey ended, long holds, Hash root, long givenUp, Hash givenUpRoot, String reason) {

    private static final String AFTER = "after ";
    private static final String HOLDS = "holds ";
    private static final String GIVEN_UP = "given-up ";
    private static final String BECAUSE = "because ";
    private static final int LINES = 4;

    public Break {
        if (givenUp <= holds || holds < 0 || holds == 0 && !root.equals(Hash.OF_NOTHING)) {
            throw new Unreadable("a log that is begun anew holds fewer leaves than are given up");
        }
        if (reason.isEmpty() || reason.codePoints().anyMatch(c -> c < ' ')) {
            throw new Unreadable("a log is begun anew for a reason, in one line");
        }
    }

    /** As a checkpoint says it. */
    public List<String> lines() {
        return List.of(
                AFTER + ended.text(),
                HOLDS + holds + " " + root.base64(),
                GIVEN_UP + givenUp + " " + givenUpRoot.base64(),
                BECAUSE + reason);
    }

    /** As a checkpoint says them, the newest first. */
    public static List<String> lines(List<Break> breaks) {
        return breaks.stream().flatMap(each -> each.lines().stream()).toList();
    }

    /**
     * What these extension lines of a checkpoint say of breaks, the newest first: how its log was begun, how the one before it was,
     * and so on; nothing if none of them does.
     *
     * @throws Unreadable if they begin to, and do not go on as they must
     */
    public static List<Break> in(List<String> extensions) {
        var breaks = new ArrayList<Break>();
        int at = 0;
        while (at < extensions.size()) {
            if (!extensions.get(at).startsWith(AFTER)) {
                at++;
                continue;
            }
            if (extensions.size() < at + LINES) {
                throw new Unreadable("a break is told in " + LINES + " lines");
            }
            Break told = of(extensions.subList(at, at + LINES));
            if (!breaks.isEmpty() && told.holds() > breaks.getLast().holds()) {
                throw new Unreadable("of a log that was begun anew more holds than of the one after it");
            }
            breaks.add(told);
            at += LINES;
        }
        return List.copyOf(breaks);
    }

    private static Break of(List<String> lines) {
        String[] holds = sizeAndRoot(lines.get(1), HOLDS);
        String[] givenUp = sizeAndRoot(lines.get(2), GIVEN_UP);
        return new Break(
                NoteKey.parse(after(lines.getFirst(), AFTER)),
                Checkpoint.number(holds[0]),
                Hash.ofBase64(holds[1]),
                Checkpoint.number(givenUp[0]),
                Hash.ofBase64(givenUp[1]),
                after(lines.get(3), BECAUSE));
    }

    /** Is this checkpoint of the log that ended, beyond what holds, among what is declared to be given up? */
    public boolean givesUp(Checkpoint beyond) {
        return beyond.size() < givenUp
                || beyond.size() == givenUp && beyond.root().equals(givenUpRoot);
    }

    private static String[] sizeAndRoot(String line, String word) {
        String[] both = after(line, word).split(" ", 2);
        if (both.length != 2) {
            throw new Unreadable("after " + word.strip() + " stand a size and a root");
        }
        return both;
    }

    private static String after(String line, String word) {
        if (!line.startsWith(word)) {
            throw new Unreadable("a break says " + word.strip() + " where it says something else");
        }
        return line.substring(word.length());
    }
}
