package org.voucherledger.domain.party;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.rule.Decision;
import org.voucherledger.domain.rule.Rule;

/** The dated names of a party, newest first (GZ-09); the first name holds from the beginning of time. */
public record Names(List<Dated> dated) {

    public record Dated(LocalDate from, String name) {}

    static Names first(String name) {
        return new Names(List.of(new Dated(LocalDate.MIN, name)));
    }

    Names changedTo(String name, LocalDate from) {
        return new Names(Stream.concat(Stream.of(new Dated(from, name)), dated.stream())
                .sorted(Comparator.comparing(Dated::from).reversed())
                .toList());
    }

    public String at(LocalDate day) {
        return dated.stream()
                .filter(n -> !n.from().isAfter(day))
                .findFirst()
                .orElseThrow()
                .name();
    }

    /** GZ-09: a document must bear the name that was the party's at the document's date. */
    public Decision match(String document, String name, LocalDate day) {
        return Rule.GZ_09.holds(
                Check.DOCUMENTS, "NameDiffers", at(day).equals(name), at(day), document + " " + day, name);
    }
}
