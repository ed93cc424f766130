package org.voucherledger.api.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.web.util.UriComponentsBuilder;
import org.voucherledger.domain.command.Malformed;

/**
 * Something that a caller switches on in the query: {@code ?dryRun=true}. Read from the query alone, because a servlet's
 * parameters read the body too where its media type is that of a form, and the body is the command.
 */
final class QueryFlag {

    private QueryFlag() {}

    static boolean isOn(HttpServletRequest request, String name) {
        String query = request.getQueryString();
        List<String> said = query == null
                ? null
                : UriComponentsBuilder.newInstance()
                        .query(query)
                        .build()
                        .getQueryParams()
                        .get(name);
        if (said == null) {
            return false;
        }
        if (said.size() != 1 || said.getFirst() == null || !said.getFirst().matches("true|false")) {
            throw new Malformed(name, "must be given as true or false");
        }
        return said.getFirst().equals("true");
    }
}
