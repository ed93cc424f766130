package org.voucherledger.api.commandline;

import java.io.PrintWriter;

/**
 * A console on which somebody else's text stays within its line: what would move the cursor, turn the direction, hide something or
 * begin another line is shown by its number. A file that is checked could otherwise write its own verdict.
 */
final class Visible extends PrintWriter {

    private Visible(PrintWriter console) {
        super(console);
    }

    static PrintWriter on(PrintWriter console) {
        return new Visible(console);
    }

    static String of(String text) {
        var visible = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            switch (Character.getType(c)) {
                case Character.CONTROL,
                        Character.FORMAT,
                        Character.SURROGATE,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR ->
                    visible.append("\\u{").append(Integer.toHexString(c)).append('}');
                default -> visible.appendCodePoint(c);
            }
        });
        return visible.toString();
    }

    @Override
    public void println(String line) {
        super.println(of(line));
    }
}
