package org.voucherledger.domain.party;

import static org.voucherledger.domain.command.Role.BUREAU;
import static org.voucherledger.domain.command.Role.OPERATOR;
import static org.voucherledger.domain.command.Role.PROVIDER;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.voucherledger.domain.command.AllowedTo;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.command.Field;
import org.voucherledger.domain.command.Malformed;

/** What can be done to a provider, its recognition and its products; its identifier is its unified social credit code. */
public sealed interface ProviderCommand extends Command {

    String providerId();

    /**
     * Enters a provider on the recognition list, or replaces its entry (GZ-04); its class counts where a scheme limits by it
     * (CL-05), none given is {@link SupplierClass#OTHER}. A merchant is listed under the categories of consumption vouchers
     * that it takes (CV-01) and need not be recognised for a service. Both days in.
     */
    @AllowedTo(OPERATOR)
    record RecogniseProvider(
            String providerId,
            String name,
            RecognitionLevel level,
            String city,
            Set<ServiceType> serviceTypes,
            Set<String> merchantCategories,
            SupplierClass supplierClass,
            LocalDate validFrom,
            LocalDate validTo)
            implements ProviderCommand {
        public RecogniseProvider {
            CreditCode.check("providerId", providerId);
            name = Field.text("name", name);
            Field.given("level", level);
            city = Field.text("city", city);
            merchantCategories = Set.copyOf(Field.listOrNone("merchantCategories", merchantCategories, 50));
            merchantCategories.forEach(category -> Field.id("merchantCategories", category));
            serviceTypes = Set.copyOf(
                    merchantCategories.isEmpty()
                            ? Field.list("serviceTypes", serviceTypes, 5)
                            : Field.listOrNone("serviceTypes", serviceTypes, 5));
            supplierClass = supplierClass == null ? SupplierClass.OTHER : supplierClass;
            Field.given("validFrom", validFrom);
            Field.given("validTo", validTo);
            if (validTo.isBefore(validFrom)) {
                throw new Malformed("validTo", "not before validFrom");
            }
        }
    }

    /** Registers a provider that is on the recognition list (GZ-04). */
    @AllowedTo({PROVIDER, OPERATOR})
    record RegisterProvider(String providerId, String name, String city, List<Document> documents)
            implements ProviderCommand {
        public RegisterProvider {
            Field.id("providerId", providerId);
            name = Field.text("name", name);
            city = Field.text("city", city);
            documents = Field.list("documents", documents, 20);
        }
    }

    /** The operator has checked licence and commitment letter (GZ-04). */
    @AllowedTo(OPERATOR)
    record VerifyProvider(String providerId) implements ProviderCommand {
        public VerifyProvider {
            Field.id("providerId", providerId);
        }
    }

    @AllowedTo(OPERATOR)
    record RenameProvider(String providerId, String name, LocalDate from, Document proof) implements ProviderCommand {
        public RenameProvider {
            Field.id("providerId", providerId);
            name = Field.text("name", name);
            Field.given("from", from);
            Field.given("proof", proof);
        }
    }

    /**
     * Offers a product, or its next version, at a price or, where the two differ, a range of prices (GZ-07).
     *
     * @param chargingBasis what the price rests on: a guiding price, a comparison, a calculation
     * @param documents the proofs of qualification and the past contracts
     */
    @AllowedTo(PROVIDER)
    record ProposeProduct(
            String providerId,
            String productId,
            String name,
            ServiceType serviceType,
            ProductDescription description,
            long priceFromFen,
            long priceToFen,
            String chargingBasis,
            List<Document> documents)
            implements ProviderCommand {
        public ProposeProduct {
            Field.id("providerId", providerId);
            Field.id("productId", productId);
            name = Field.text("name", name);
            Field.given("serviceType", serviceType);
            Field.given("description", description);
            Field.positiveFen("priceFromFen", priceFromFen);
            Field.positiveFen("priceToFen", priceToFen);
            if (priceToFen < priceFromFen) {
                throw new Malformed("priceToFen", "not below priceFromFen");
            }
            chargingBasis = Field.text("chargingBasis", chargingBasis);
            documents = Field.list("documents", documents, 20);
        }
    }

    /** Publishes the version that the operator has checked, which is the one last proposed (GZ-07). */
    @AllowedTo(OPERATOR)
    record PublishProduct(String providerId, String productId, int version) implements ProviderCommand {
        public PublishProduct {
            Field.id("providerId", providerId);
            Field.id("productId", productId);
            Field.between("version", version, 1, Integer.MAX_VALUE);
        }
    }

    @AllowedTo({PROVIDER, OPERATOR})
    record WithdrawProduct(String providerId, String productId, String reason) implements ProviderCommand {
        public WithdrawProduct {
            Field.id("providerId", providerId);
            Field.id("productId", productId);
            reason = Field.text("reason", reason);
        }
    }

    @AllowedTo(OPERATOR)
    record FreezeProvider(String providerId, String reason, String groundId) implements ProviderCommand {
        public FreezeProvider {
            Field.idOrNone("groundId", groundId);
            Field.id("providerId", providerId);
            reason = Field.text("reason", reason);
        }

        /** Without a finding on which it rests. */
        public FreezeProvider(String providerId, String reason) {
            this(providerId, reason, null);
        }
    }

    /** Lifts a freeze; {@code newDeadline} (or {@code null}) is the new deadline of the vouchers it had held (GZ-32). */
    @AllowedTo(BUREAU)
    record LiftProviderFreeze(String providerId, Instant newDeadline, String reason) implements ProviderCommand {
        public LiftProviderFreeze {
            Field.orNone("newDeadline", newDeadline);
            Field.id("providerId", providerId);
            reason = Field.text("reason", reason);
        }
    }

    /** No further step, for good (GZ-32). */
    @AllowedTo(BUREAU)
    record DisqualifyProvider(String providerId, String reason, String groundId) implements ProviderCommand {
        public DisqualifyProvider {
            Field.idOrNone("groundId", groundId);
            Field.id("providerId", providerId);
            reason = Field.text("reason", reason);
        }

        /** Without a finding on which it rests. */
        public DisqualifyProvider(String providerId, String reason) {
            this(providerId, reason, null);
        }
    }
}
