package org.voucherledger.domain.registering;

import static org.voucherledger.domain.rule.Check.DOCUMENTS;
import static org.voucherledger.domain.rule.Rule.GZ_07;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.voucherledger.domain.party.Document;
import org.voucherledger.domain.party.ProviderCommand.ProposeProduct;
import org.voucherledger.domain.rule.Decision;

/** Which papers a product is offered with, in every scheme (GZ-07). */
public final class ProductPapers {

    /** 服务资质证明. */
    public static final String QUALIFICATION_PROOF = "QUALIFICATION_PROOF";

    /** 历史服务合同. */
    public static final String PAST_CONTRACT = "PAST_CONTRACT";

    private ProductPapers() {}

    /** A proof of qualification and a past contract at least. */
    static Decision areComplete(ProposeProduct propose) {
        Set<String> kinds = propose.documents().stream().map(Document::kind).collect(Collectors.toSet());
        return GZ_07.holds(
                DOCUMENTS,
                "ProductPapersMissing",
                kinds.containsAll(List.of(QUALIFICATION_PROOF, PAST_CONTRACT)),
                QUALIFICATION_PROOF + ", " + PAST_CONTRACT,
                kinds.stream().sorted().collect(Collectors.joining(", ")),
                propose.productId());
    }
}
