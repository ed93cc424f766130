package org.voucherledger.api.http;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.voucherledger.domain.command.AllowedTo;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.command.Role;

/**
 * Where one command is to be had over HTTP. Each variable of the path is a field of the command's record.
 *
 * @param path below {@link #BASE}
 * @param tag under which the interface's document lists it
 */
record CommandRoute(String path, Class<? extends Command> type, String tag, String summary) {

    static final String BASE = "/api/v1";

    private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");

    String fullPath() {
        return BASE + path;
    }

    /** The command's name in bulk requests and in the document. */
    String name() {
        return type.getSimpleName();
    }

    List<String> pathVariables() {
        return VARIABLE.matcher(path).results().map(found -> found.group(1)).toList();
    }

    /** Who may issue it; nothing is open by default. */
    List<Role> roles() {
        return rolesOf(type);
    }

    static List<Role> rolesOf(Class<? extends Command> type) {
        AllowedTo allowed = type.getAnnotation(AllowedTo.class);
        return allowed == null
                ? List.of()
                : List.copyOf(Stream.of(allowed.value()).sorted().toList());
    }

    /** The rules that the summary names. */
    List<String> rules() {
        Matcher matcher = Pattern.compile("(?:GZ|CL|CV|SV|ALL)-\\d\\d").matcher(summary);
        return matcher.results().map(found -> found.group()).toList();
    }
}
