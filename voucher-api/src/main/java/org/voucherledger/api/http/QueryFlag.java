package org.voucherledger.api.http;

import jakarta.servlet.http.HttpServletRequest;
import org.voucherledger.domain.command.Field;
import org.voucherledger.domain.command.Malformed;

/** What a caller of a command says in the query: {@code ?dryRun=true}. */
final class QueryFlag {

    private QueryFlag() {}

    static boolean isOn(HttpServletRequest request, String name) {
        String[] said = request.getParameterValues(name);
        if (said == null) {
            return false;
        }
        if (said.length != 1 || !said[0].matches("true|false")) {
            throw new Malformed(name, "must be given as true or false");
        }
        return said[0].equals("true");
    }

    /** What the query says of it; what is said more than once is an error. */
    static String text(HttpServletRequest request, String name, String otherwise) {
        String[] said = request.getParameterValues(name);
        if (said == null) {
            return otherwise;
        }
        if (said.length != 1) {
            throw new Malformed(name, "must be given");
        }
        return said[0];
    }

    /** Like {@link #text}, a whole number. */
    static int number(HttpServletRequest request, String name, int otherwise, int least, int most) {
        String said = text(request, name, String.valueOf(otherwise));
        if (!said.matches("[0-9]{1,9}")) {
            throw new Malformed(name, "must be given as a whole number");
        }
        return Field.between(name, Integer.parseInt(said), least, most);
    }
}
