package org.voucherledger.api.http;

import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.voucherledger.domain.audit.AuditCommand.AnnounceDraw;
import org.voucherledger.domain.audit.AuditCommand.AnswerAuditFinding;
import org.voucherledger.domain.audit.AuditCommand.CloseAuditFinding;
import org.voucherledger.domain.audit.AuditCommand.RecordAuditFinding;
import org.voucherledger.domain.audit.Stratum;
import org.voucherledger.domain.batch.BatchCommand.OpenBatch;
import org.voucherledger.domain.catalogue.CatalogueCommand.ListProduct;
import org.voucherledger.domain.catalogue.CatalogueCommand.RequestCatalogueChange;
import org.voucherledger.domain.finding.FindingCommand.AnswerFinding;
import org.voucherledger.domain.finding.FindingCommand.RegisterComplaint;
import org.voucherledger.domain.finding.FindingCommand.RegisterSpotCheck;
import org.voucherledger.domain.money.Fen;
import org.voucherledger.domain.party.EnterpriseCommand.DisqualifyEnterprise;
import org.voucherledger.domain.party.EnterpriseCommand.FreezeEnterprise;
import org.voucherledger.domain.party.EnterpriseCommand.LiftEnterpriseFreeze;
import org.voucherledger.domain.party.EnterpriseCommand.VerifyEnterprise;
import org.voucherledger.domain.party.ProviderCommand.DisqualifyProvider;
import org.voucherledger.domain.party.ProviderCommand.FreezeProvider;
import org.voucherledger.domain.party.ProviderCommand.LiftProviderFreeze;
import org.voucherledger.domain.party.ProviderCommand.RecogniseProvider;
import org.voucherledger.domain.providerquota.ProviderQuotaCommand.AdjustProviderLimit;
import org.voucherledger.domain.redemption.ClaimCommand.BounceSettlement;
import org.voucherledger.domain.redemption.ClaimCommand.ItemReview;
import org.voucherledger.domain.redemption.ClaimCommand.ObjectToItem;
import org.voucherledger.domain.redemption.ClaimCommand.SettleItems;
import org.voucherledger.domain.voucher.Invoice;
import org.voucherledger.domain.voucher.VoucherCommand.FreezeVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.LiftVoucherFreeze;
import org.voucherledger.domain.voucher.VoucherCommand.RevokeForCause;

/** The schemas of records as JSON, made from the records themselves; nested records become components of their own. */
final class RecordSchemas {

    /** What may be left out; a record's constructor decides it, and a test holds this table to the constructors. */
    private static final Map<Class<?>, Set<String>> OPTIONAL = Map.ofEntries(
            Map.entry(OpenBatch.class, Set.of("city", "validUntil", "redemptionFrom", "redemptionUntil")),
            Map.entry(VerifyEnterprise.class, Set.of("priorityTags")),
            Map.entry(RecogniseProvider.class, Set.of("serviceTypes", "merchantCategories", "supplierClass")),
            Map.entry(LiftEnterpriseFreeze.class, Set.of("newDeadline")),
            Map.entry(LiftProviderFreeze.class, Set.of("newDeadline")),
            Map.entry(LiftVoucherFreeze.class, Set.of("newDeadline")),
            Map.entry(ListProduct.class, Set.of("agent", "partner")),
            Map.entry(RequestCatalogueChange.class, Set.of("value")),
            Map.entry(ItemReview.class, Set.of("reason")),
            Map.entry(SettleItems.class, Set.of("paidOn", "reason", "documents")),
            Map.entry(BounceSettlement.class, Set.of("documents")),
            Map.entry(ObjectToItem.class, Set.of("documents")),
            Map.entry(Invoice.class, Set.of("code")),
            Map.entry(AdjustProviderLimit.class, Set.of("groundId", "ratingPosition")),
            Map.entry(FreezeVoucher.class, Set.of("groundId")),
            Map.entry(RevokeForCause.class, Set.of("groundId")),
            Map.entry(FreezeEnterprise.class, Set.of("groundId")),
            Map.entry(DisqualifyEnterprise.class, Set.of("groundId")),
            Map.entry(FreezeProvider.class, Set.of("groundId")),
            Map.entry(DisqualifyProvider.class, Set.of("groundId")),
            Map.entry(RegisterComplaint.class, Set.of("documents")),
            Map.entry(RegisterSpotCheck.class, Set.of("groundId", "documents")),
            Map.entry(AnswerFinding.class, Set.of("documents")),
            Map.entry(AnnounceDraw.class, Set.of("batchId", "groundId")),
            Map.entry(
                    Stratum.class,
                    Set.of(
                            "fromFen",
                            "belowFen",
                            "providerId",
                            "fromRatingHundredths",
                            "belowRatingHundredths",
                            "risks")),
            Map.entry(RecordAuditFinding.class, Set.of("documents")),
            Map.entry(AnswerAuditFinding.class, Set.of("documents")),
            Map.entry(CloseAuditFinding.class, Set.of("documents")));

    private final Map<String, Schema<?>> components = new TreeMap<>();

    /** Every schema that another one refers to, by name. */
    Map<String, Schema<?>> components() {
        return components;
    }

    /** A reference to the record's schema, which becomes a component. */
    Schema<?> reference(Class<?> type) {
        String name = type.getSimpleName();
        if (!components.containsKey(name)) {
            components.put(name, new JsonSchema());
            components.put(name, type.isEnum() ? enumeration(type) : object(type, List.of()));
        }
        return new JsonSchema().$ref("#/components/schemas/" + name);
    }

    /** The record's schema without these fields. */
    Schema<?> object(Class<?> type, List<String> without) {
        Schema<?> schema = typed("object");
        schema.setAdditionalProperties(false);
        List<String> required = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            if (without.contains(component.getName())) {
                continue;
            }
            boolean optional = isOptional(type, component.getName());
            Schema<?> value = of(component.getGenericType());
            describe(component, value);
            if (optional && value.getTypes() != null) {
                value.addType("null");
            }
            if (!optional) {
                required.add(component.getName());
            }
            schema.addProperty(component.getName(), value);
        }
        if (!required.isEmpty()) {
            schema.setRequired(required);
        }
        return schema;
    }

    static boolean isOptional(Class<?> type, String field) {
        return field.equals("atMost") || OPTIONAL.getOrDefault(type, Set.of()).contains(field);
    }

    static Schema<?> typed(String type) {
        return new JsonSchema().typesItem(type);
    }

    private Schema<?> of(Type type) {
        if (type instanceof ParameterizedType generic) {
            return generic(generic);
        }
        Class<?> plain = (Class<?>) type;
        if (plain == String.class) {
            return typed("string");
        }
        if (plain == long.class || plain == Long.class || plain == int.class || plain == Integer.class) {
            return typed("integer").format(plain == int.class || plain == Integer.class ? "int32" : "int64");
        }
        if (plain == boolean.class || plain == Boolean.class) {
            return typed("boolean");
        }
        if (plain == Instant.class) {
            return typed("string").format("date-time");
        }
        if (plain == LocalDate.class) {
            return typed("string").format("date");
        }
        return reference(plain);
    }

    private Schema<?> generic(ParameterizedType type) {
        Class<?> raw = (Class<?>) type.getRawType();
        if (!List.class.isAssignableFrom(raw) && !Set.class.isAssignableFrom(raw)) {
            throw new IllegalArgumentException("no schema is known for " + type);
        }
        Schema<?> list = typed("array");
        list.setItems(of(type.getActualTypeArguments()[0]));
        if (Set.class.isAssignableFrom(raw)) {
            list.setUniqueItems(true);
        }
        return list;
    }

    private static Schema<?> enumeration(Class<?> type) {
        JsonSchema schema = new JsonSchema();
        schema.typesItem("string");
        Stream.of(type.getEnumConstants()).map(Object::toString).forEach(schema::addEnumItemObject);
        return schema;
    }

    private static void describe(RecordComponent component, Schema<?> schema) {
        boolean amount = component.getName().endsWith("Fen");
        Schema<?> number = amount && schema.getItems() != null ? schema.getItems() : schema;
        if (amount) {
            schema.setDescription("Whole fen (1/100 CNY).");
            number.setMinimum(BigDecimal.ZERO);
            number.setMaximum(BigDecimal.valueOf(Fen.MAX));
        }
    }
}
