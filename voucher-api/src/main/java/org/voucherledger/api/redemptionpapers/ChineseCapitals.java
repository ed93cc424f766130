package org.voucherledger.api.redemptionpapers;

/** An amount in words as papers of money bear it (人民币大写), which nobody can alter by adding a digit. */
final class ChineseCapitals {

    private static final String[] DIGITS = {"零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"};
    private static final String[] PLACES = {"", "拾", "佰", "仟"};
    private static final String[] GROUPS = {"", "万", "亿", "万亿"};
    private static final int GROUP = 10_000;

    private ChineseCapitals() {}

    /** @param fen not negative */
    static String of(long fen) {
        if (fen < 0) {
            throw new IllegalArgumentException("no paper bears a negative amount: " + fen);
        }
        long yuan = fen / 100;
        int jiao = (int) (fen / 10 % 10);
        int rest = (int) (fen % 10);
        if (fen == 0) {
            return "人民币零元整";
        }
        StringBuilder words = new StringBuilder("人民币");
        if (yuan > 0) {
            words.append(whole(yuan)).append("元");
        }
        if (jiao == 0 && rest == 0) {
            return words.append("整").toString();
        }
        if (jiao > 0) {
            words.append(DIGITS[jiao]).append("角");
        } else if (yuan > 0) {
            words.append("零");
        }
        return words.append(rest > 0 ? DIGITS[rest] + "分" : "整").toString();
    }

    /** Four digits at a time; however many noughts stand between digits, one is read. */
    private static String whole(long number) {
        StringBuilder words = new StringBuilder();
        boolean nought = false;
        for (int group = GROUPS.length - 1; group >= 0; group--) {
            int four = (int) (number / (long) Math.pow(GROUP, group) % GROUP);
            if (four == 0) {
                nought = !words.isEmpty();
                continue;
            }
            for (int place = PLACES.length - 1; place >= 0; place--) {
                int digit = (int) (four / Math.pow(10, place)) % 10;
                if (digit == 0) {
                    nought = !words.isEmpty();
                } else {
                    words.append(nought ? DIGITS[0] : "").append(DIGITS[digit]).append(PLACES[place]);
                    nought = false;
                }
            }
            words.append(GROUPS[group]);
        }
        return words.toString();
    }
}
