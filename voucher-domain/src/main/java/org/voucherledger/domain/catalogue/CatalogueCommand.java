package org.voucherledger.domain.catalogue;

import static org.voucherledger.domain.command.Role.BUREAU;
import static org.voucherledger.domain.command.Role.OPERATOR;
import static org.voucherledger.domain.command.Role.PROVIDER;

import java.util.List;
import org.voucherledger.domain.command.AllowedTo;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.command.Field;
import org.voucherledger.domain.party.Document;

/** What can be done to one product's entry in the catalogue of cloud products (CL-07). */
public sealed interface CatalogueCommand extends Command {

    String providerId();

    String productId();

    /**
     * Enters a product from the catalogue of that year on, one command a product, as a list of them is imported. It stays in
     * the catalogues of later years until it is delisted.
     *
     * @param productClass its class in the catalogue, e.g. {@code A1}
     * @param agent who sells it for the provider; may be left out
     * @param partner the platform partner; may be left out
     */
    @AllowedTo(OPERATOR)
    record ListProduct(
            String providerId,
            String productId,
            int year,
            String name,
            String productClass,
            String agent,
            String partner)
            implements CatalogueCommand {
        public ListProduct {
            Field.id("providerId", providerId);
            Field.id("productId", productId);
            Field.between("year", year, 2000, 2999);
            name = Field.text("name", name);
            productClass = Field.text("productClass", productClass);
            agent = Field.optionalText("agent", agent);
            partner = Field.optionalText("partner", partner);
        }
    }

    /**
     * Asks for one entry to be changed from the catalogue of that year on, with the evidence. The new
     * name, agent or partner is the value; none means that there is no agent or partner any more. A delisting has none.
     */
    @AllowedTo(PROVIDER)
    record RequestCatalogueChange(
            String providerId,
            String productId,
            String requestId,
            int year,
            CatalogueChange change,
            String value,
            String reason,
            List<Document> evidence)
            implements CatalogueCommand {
        public RequestCatalogueChange {
            Field.id("providerId", providerId);
            Field.id("productId", productId);
            Field.id("requestId", requestId);
            Field.between("year", year, 2000, 2999);
            Field.given("change", change);
            value = Field.optionalText("value", value);
            reason = Field.text("reason", reason);
            evidence = Field.list("evidence", evidence, 20);
        }
    }

    @AllowedTo({OPERATOR, BUREAU})
    record ApproveCatalogueChange(String providerId, String productId, String requestId, String reason)
            implements CatalogueCommand {
        public ApproveCatalogueChange {
            Field.id("providerId", providerId);
            Field.id("productId", productId);
            Field.id("requestId", requestId);
            reason = Field.text("reason", reason);
        }
    }

    @AllowedTo({OPERATOR, BUREAU})
    record DenyCatalogueChange(String providerId, String productId, String requestId, String reason)
            implements CatalogueCommand {
        public DenyCatalogueChange {
            Field.id("providerId", providerId);
            Field.id("productId", productId);
            Field.id("requestId", requestId);
            reason = Field.text("reason", reason);
        }
    }
}
