package org.voucherledger.api.problem;

import java.util.List;
import java.util.Locale;

/** The two languages a problem is told in. */
public enum Language {
    EN("en"),
    ZH("zh-CN");

    private final String tag;

    Language(String tag) {
        this.tag = tag;
    }

    /** As it stands in {@code Content-Language}. */
    public String tag() {
        return tag;
    }

    String pick(String chinese, String english) {
        return this == ZH ? chinese : english;
    }

    /**
     * What the caller prefers of the two; English where the header says nothing, neither, or cannot be read, because a
     * problem must be told in some language.
     *
     * @param acceptLanguage the header's value, or {@code null}
     */
    public static Language preferred(String acceptLanguage) {
        if (acceptLanguage == null || acceptLanguage.isBlank()) {
            return EN;
        }
        for (Locale.LanguageRange range : ranges(acceptLanguage)) {
            if (range.getWeight() > 0 && range.getRange().startsWith("zh")) {
                return ZH;
            }
            if (range.getWeight() > 0 && range.getRange().startsWith("en")) {
                return EN;
            }
        }
        return EN;
    }

    private static List<Locale.LanguageRange> ranges(String acceptLanguage) {
        try {
            return Locale.LanguageRange.parse(acceptLanguage);
        } catch (IllegalArgumentException | IndexOutOfBoundsException unreadable) {
            // The second is what the parser of older Java platforms (21) stumbles over in a lone dash.
            return List.of();
        }
    }
}
