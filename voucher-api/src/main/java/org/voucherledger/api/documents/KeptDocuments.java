package org.voucherledger.api.documents;

import java.io.IOException;
import org.springframework.stereotype.Component;
import org.voucherledger.api.reads.RecordedRead;

/** Documents for those parts of the ledger that hand them on. Whether they may be handed on is for those to decide. */
@Component
public class KeptDocuments {

    private final Documents documents;
    private final DocumentRegister register;

    KeptDocuments(Documents documents, DocumentRegister register) {
        this.documents = documents;
        this.register = register;
    }

    /**
     * A document, or why there is none.
     *
     * @param content {@code null} where there is none
     * @param name what the uploader called it, for as long as it has not been erased; empty otherwise
     * @param whyNot empty where there is one
     */
    public record Found(byte[] content, String name, String whyNot) {}

    /** @param read that whoever gets it is recorded, by itself or with the whole that it is a part of */
    public Found find(String sha256, RecordedRead read) throws IOException {
        var entry = register.find(sha256);
        if (entry.isEmpty()) {
            return new Found(null, "", "never uploaded here");
        }
        var erased = entry.get().erased();
        return erased == null
                ? new Found(
                        documents.content(sha256, read), register.name(sha256).orElse(""), "")
                : new Found(null, "", "erased " + erased.at() + ": " + erased.reason());
    }
}
