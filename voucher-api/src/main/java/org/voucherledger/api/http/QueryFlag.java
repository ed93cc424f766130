package org.voucherledger.api.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.web.util.UriComponentsBuilder;
import org.voucherledger.domain.command.Field;
import org.voucherledger.domain.command.Malformed;

/**
 * What a caller of a command says in the query: {@code ?dryRun=true}. Read from the query alone, because a servlet's
 * parameters read the body too where its media type is that of a form, and the body is the command.
 */
final class QueryFlag {

    private QueryFlag() {}

    static boolean isOn(HttpServletRequest request, String name) {
        List<String> said = said(request, name);
        if (said == null) {
            return false;
        }
        if (said.size() != 1 || said.getFirst() == null || !said.getFirst().matches("true|false")) {
            throw new Malformed(name, "must be given as true or false");
        }
        return said.getFirst().equals("true");
    }

    /** What the query says of it; what is said more than once, or with nothing, is an error. */
    static String text(HttpServletRequest request, String name, String otherwise) {
        List<String> said = said(request, name);
        if (said == null) {
            return otherwise;
        }
        if (said.size() != 1 || said.getFirst() == null) {
            throw new Malformed(name, "must be given");
        }
        return said.getFirst();
    }

    /** Like {@link #text}, a whole number. */
    static int number(HttpServletRequest request, String name, int otherwise, int least, int most) {
        String said = text(request, name, String.valueOf(otherwise));
        if (!said.matches("[0-9]{1,9}")) {
            throw new Malformed(name, "must be given as a whole number");
        }
        return Field.between(name, Integer.parseInt(said), least, most);
    }

    private static List<String> said(HttpServletRequest request, String name) {
        String query = request.getQueryString();
        return query == null
                ? null
                : UriComponentsBuilder.newInstance()
                        .query(query)
                        .build()
                        .getQueryParams()
                        .get(name);
    }
}
