package org.voucherledger.domain.party;

import static org.voucherledger.domain.command.Role.BUREAU;
import static org.voucherledger.domain.command.Role.ENTERPRISE;
import static org.voucherledger.domain.command.Role.OPERATOR;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.voucherledger.domain.command.AllowedTo;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.command.Field;

/** What can be done to an enterprise; its identifier is its unified social credit code. */
public sealed interface EnterpriseCommand extends Command {

    String enterpriseId();

    /**
     * What an enterprise declares of itself (声明函). Revenue and assets in 万元, as the size standard counts.
     *
     * @param handlerRef an opaque reference to the one named handler; the person is never in the ledger (ALL-05)
     * @param trustLevel of the unified-identity account: 1 for L1
     */
    record Declaration(
            String name,
            String city,
            String district,
            Industry industry,
            long employees,
            long revenueWan,
            long assetsWan,
            Size declaredSize,
            boolean legalPerson,
            LocalDate establishedOn,
            String handlerRef,
            int trustLevel) {
        public Declaration {
            name = Field.text("declaration.name", name);
            city = Field.text("declaration.city", city);
            district = Field.text("declaration.district", district);
            Field.given("declaration.industry", industry);
            Field.fen("declaration.employees", employees);
            Field.fen("declaration.revenueWan", revenueWan);
            Field.fen("declaration.assetsWan", assetsWan);
            Field.given("declaration.declaredSize", declaredSize);
            Field.given("declaration.establishedOn", establishedOn);
            OpaqueRef.check("declaration.handlerRef", handlerRef);
            Field.between("declaration.trustLevel", trustLevel, 0, 9);
        }
    }

    @AllowedTo({ENTERPRISE, OPERATOR})
    record RegisterEnterprise(String enterpriseId, Declaration declaration) implements EnterpriseCommand {
        public RegisterEnterprise {
            CreditCode.check("enterpriseId", enterpriseId);
            Field.given("declaration", declaration);
        }
    }

    /** Replaces the declaration; the enterprise must be verified again. The name changes by {@link RenameEnterprise} only. */
    @AllowedTo({ENTERPRISE, OPERATOR})
    record CorrectDeclaration(String enterpriseId, Declaration declaration) implements EnterpriseCommand {
        public CorrectDeclaration {
            Field.id("enterpriseId", enterpriseId);
            Field.given("declaration", declaration);
        }
    }

    /**
     * The operator has checked the papers for a year and attests what only a person can (GZ-01, GZ-02, GZ-03).
     *
     * @param declarationSignedOn the day of the declaration (声明函), which is valid in the year in which it is signed
     * @param documents of the kinds that GZ-02 names, and whatever else was looked at
     */
    @AllowedTo(OPERATOR)
    record VerifyEnterprise(
            String enterpriseId,
            int year,
            LocalDate declarationSignedOn,
            boolean operatesProperly,
            boolean fitsPolicy,
            Set<PriorityTag> priorityTags,
            List<Document> documents)
            implements EnterpriseCommand {
        public VerifyEnterprise {
            Field.id("enterpriseId", enterpriseId);
            Field.between("year", year, 2000, 2999);
            Field.given("declarationSignedOn", declarationSignedOn);
            priorityTags = Set.copyOf(Field.listOrNone("priorityTags", priorityTags, 20));
            documents = Field.list("documents", documents, 20);
        }
    }

    /** A dated change of name, with proof (GZ-09). */
    @AllowedTo(OPERATOR)
    record RenameEnterprise(String enterpriseId, String name, LocalDate from, Document proof)
            implements EnterpriseCommand {
        public RenameEnterprise {
            Field.id("enterpriseId", enterpriseId);
            name = Field.text("name", name);
            Field.given("from", from);
            Field.given("proof", proof);
        }
    }

    /** Enters or clears the 失信联合惩戒 blacklist (GZ-01); who is on it need not be registered, and stays on it when it is. */
    @AllowedTo(OPERATOR)
    record BlacklistEnterprise(String enterpriseId, boolean listed, String reason) implements EnterpriseCommand {
        public BlacklistEnterprise {
            CreditCode.check("enterpriseId", enterpriseId);
            reason = Field.text("reason", reason);
        }
    }

    /** A tie between the parties that impairs fair dealing, or its end (GZ-08). */
    @AllowedTo(OPERATOR)
    record RecordTie(String enterpriseId, String providerId, boolean tied, String reason) implements EnterpriseCommand {
        public RecordTie {
            Field.id("enterpriseId", enterpriseId);
            Field.id("providerId", providerId);
            reason = Field.text("reason", reason);
        }
    }

    /** A contract item that another fiscal fund has paid for (GZ-27). */
    @AllowedTo({OPERATOR, BUREAU})
    record RecordOtherFunding(
            String enterpriseId, String providerId, String contractNumber, String item, String programme)
            implements EnterpriseCommand {
        public RecordOtherFunding {
            Field.id("enterpriseId", enterpriseId);
            Field.id("providerId", providerId);
            contractNumber = Field.text("contractNumber", contractNumber);
            item = Field.text("item", item);
            programme = Field.text("programme", programme);
        }
    }

    @AllowedTo(OPERATOR)
    record FreezeEnterprise(String enterpriseId, String reason, String groundId) implements EnterpriseCommand {
        public FreezeEnterprise {
            Field.idOrNone("groundId", groundId);
            Field.id("enterpriseId", enterpriseId);
            reason = Field.text("reason", reason);
        }

        /** Without a finding on which it rests. */
        public FreezeEnterprise(String enterpriseId, String reason) {
            this(enterpriseId, reason, null);
        }
    }

    /** Lifts a freeze; {@code newDeadline} (or {@code null}) is the new deadline of the vouchers it had held (GZ-32). */
    @AllowedTo(BUREAU)
    record LiftEnterpriseFreeze(String enterpriseId, Instant newDeadline, String reason) implements EnterpriseCommand {
        public LiftEnterpriseFreeze {
            Field.orNone("newDeadline", newDeadline);
            Field.id("enterpriseId", enterpriseId);
            reason = Field.text("reason", reason);
        }
    }

    /** Refused in every scheme, for good (GZ-32). */
    @AllowedTo(BUREAU)
    record DisqualifyEnterprise(String enterpriseId, String reason, String groundId) implements EnterpriseCommand {
        public DisqualifyEnterprise {
            Field.idOrNone("groundId", groundId);
            Field.id("enterpriseId", enterpriseId);
            reason = Field.text("reason", reason);
        }

        /** Without a finding on which it rests. */
        public DisqualifyEnterprise(String enterpriseId, String reason) {
            this(enterpriseId, reason, null);
        }
    }
}
