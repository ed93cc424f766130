package org.voucherledger.api.schemecheck;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.voucherledger.api.schemefile.Words;
import org.voucherledger.domain.scheme.SchemeTerms;

/**
 * One thing that a version says otherwise than another.
 *
 * @param path where it stands in the file
 * @param before {@code null} where it is new
 * @param after {@code null} where it is gone
 */
public record Difference(String path, Words part, Words before, Words after) {

    /** Item by item in the order of the newer file; what is gone comes last. */
    public static List<Difference> between(SchemeTerms before, SchemeTerms after) {
        Map<String, Sentence> gone = new LinkedHashMap<>();
        Explanation.of(before).forEach(sentence -> gone.put(sentence.path(), sentence));
        List<Difference> differences = new ArrayList<>();
        for (Sentence now : Explanation.of(after)) {
            Sentence then = gone.remove(now.path());
            if (then == null) {
                differences.add(new Difference(now.path(), now.part(), null, now.words()));
            } else if (!then.words().equals(now.words())) {
                differences.add(new Difference(now.path(), now.part(), then.words(), now.words()));
            }
        }
        gone.values().forEach(then -> differences.add(new Difference(then.path(), then.part(), then.words(), null)));
        return differences;
    }
}
