package org.voucherledger.api.problem;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A problem document (RFC 9457): why a request was not done, for a person ({@code title}, {@code detail}) and for a program
 * (the other members).
 *
 * @param members in the order in which they are written; {@code status} is among them
 * @param retryAfterSeconds when it is worth asking again, or zero
 */
public record Problem(int status, Language language, Map<String, Object> members, int retryAfterSeconds) {

    /** What every problem document is sent as. */
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final String TYPE_PREFIX = "urn:voucher-ledger:problem:";

    public Problem {
        members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    /** A problem of this kind; {@code kind} becomes the last part of its type. */
    static Problem of(int status, String kind, Language language, Text title, Text detail) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", TYPE_PREFIX + kind);
        members.put("title", title.in(language));
        members.put("status", status);
        members.put("detail", detail.in(language));
        members.put("titleZh", title.chinese());
        members.put("titleEn", title.english());
        return new Problem(status, language, members, 0);
    }

    /** The same problem with one more member; nothing is added for {@code null}. */
    public Problem with(String name, Object value) {
        if (value == null) {
            return this;
        }
        Map<String, Object> more = new LinkedHashMap<>(members);
        more.put(name, value);
        return new Problem(status, language, more, retryAfterSeconds);
    }

    Problem retryAfter(int seconds) {
        return new Problem(status, language, members, seconds);
    }

    /** A sentence in both languages. */
    record Text(String chinese, String english) {
        String in(Language language) {
            return language.pick(chinese, english);
        }
    }
}
