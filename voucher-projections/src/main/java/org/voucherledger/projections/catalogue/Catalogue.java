package org.voucherledger.projections.catalogue;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.voucherledger.domain.catalogue.CatalogueChange;
import org.voucherledger.domain.party.Document;
import org.voucherledger.domain.party.ProductDescription;
import org.voucherledger.domain.party.ServiceType;
import org.voucherledger.projections.projection.Json;

/** Reads the catalogues and what providers offer. To be asked inside one snapshot. */
public final class Catalogue {

    private static final String LISTING =
            "l.*, (select count(*) from view.catalogue_request r where r.provider_id = l.provider_id"
                    + " and r.product_id = l.product_id and r.outcome is null) as open_requests";

    private final JdbcClient jdbc;

    public Catalogue(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /**
     * Which products of a catalogue are asked for; what is {@code null} does not restrict.
     *
     * @param year whose catalogue it is
     */
    public record AskedListings(int year, String productClass, String providerId, Boolean listed) {}

    /** Which products are asked for; what is {@code null} does not restrict. */
    public record AskedOffers(String providerId, ServiceType serviceType, String city, Boolean orderable) {}

    /**
     * What the catalogue of the year says, a product once, by provider and product.
     *
     * @param after the key of the last one seen, empty to begin
     */
    public List<Listing> listings(AskedListings asked, String after, int limit) {
        return jdbc.sql("select * from (select distinct on (l.provider_id, l.product_id) " + LISTING
                        + " from view.catalogue_listing l where l.year <= :year"
                        + " order by l.provider_id, l.product_id, l.version desc) l"
                        + " where (l.provider_id, l.product_id) > (:provider_after, :product_after)"
                        + " and (cast(:class as text) is null or l.product_class = :class)"
                        + " and (cast(:provider as text) is null or l.provider_id = :provider)"
                        + " and (cast(:listed as boolean) is null or l.listed = :listed)"
                        + " order by l.provider_id, l.product_id limit :limit")
                .param("year", asked.year())
                .param("provider_after", before(after))
                .param("product_after", behind(after))
                .param("class", asked.productClass())
                .param("provider", asked.providerId())
                .param("listed", asked.listed())
                .param("limit", limit)
                .query((row, n) -> listing(row))
                .list();
    }

    /** Every version of what the catalogues say of a product; empty if it never stood in one. */
    public List<Listing> versions(String providerId, String productId) {
        return jdbc.sql(
                        "select " + LISTING
                                + " from view.catalogue_listing l where l.provider_id = ? and l.product_id = ? order by l.version")
                .params(providerId, productId)
                .query((row, n) -> listing(row))
                .list();
    }

    /**
     * Requests in the order in which they were made.
     *
     * @param open {@code null} for open and decided ones
     * @param providerId {@code null} for everybody's
     * @param productId {@code null} for all products
     * @param after the position of the last one seen
     */
    public List<ChangeRequest> requests(Boolean open, String providerId, String productId, long after, int limit) {
        return jdbc.sql("""
                        select * from view.catalogue_request
                        where position > :after
                          and (cast(:open as boolean) is null or (outcome is null) = :open)
                          and (cast(:provider as text) is null or provider_id = :provider)
                          and (cast(:product as text) is null or product_id = :product)
                        order by position limit :limit
                        """)
                .param("after", after)
                .param("open", open)
                .param("provider", providerId)
                .param("product", productId)
                .param("limit", limit)
                .query((row, n) -> request(row))
                .list();
    }

    /**
     * Products, each in the version that can be ordered, or while none can in the one last proposed.
     *
     * @param after the key of the last one seen, empty to begin
     */
    public List<Offer> offers(AskedOffers asked, String after, int limit) {
        return jdbc.sql("""
                        select * from (select distinct on (provider_id, product_id) * from view.offer
                                       order by provider_id, product_id, orderable desc, version desc) o
                        where (provider_id, product_id) > (:provider_after, :product_after)
                          and (cast(:provider as text) is null or provider_id = :provider)
                          and (cast(:type as text) is null or service_type = :type)
                          and (cast(:city as text) is null or :city = any(cities))
                          and (cast(:orderable as boolean) is null or orderable = :orderable)
                        order by provider_id, product_id limit :limit
                        """)
                .param("provider_after", before(after))
                .param("product_after", behind(after))
                .param("provider", asked.providerId())
                .param(
                        "type",
                        asked.serviceType() == null ? null : asked.serviceType().name())
                .param("city", asked.city())
                .param("orderable", asked.orderable())
                .param("limit", limit)
                .query((row, n) -> offer(row))
                .list();
    }

    /** Every version of a product; empty if the provider has none of that identifier. */
    public List<Offer> offers(String providerId, String productId) {
        return jdbc.sql("select * from view.offer where provider_id = ? and product_id = ? order by version")
                .params(providerId, productId)
                .query((row, n) -> offer(row))
                .list();
    }

    private static String before(String key) {
        return key.substring(0, Math.max(0, key.indexOf(':')));
    }

    private static String behind(String key) {
        return key.substring(key.indexOf(':') + 1);
    }

    private static Listing listing(ResultSet row) throws SQLException {
        return new Listing(
                row.getString("provider_id"),
                row.getString("product_id"),
                row.getInt("version"),
                row.getInt("year"),
                row.getBoolean("listed"),
                row.getString("name"),
                row.getString("product_class"),
                row.getString("agent"),
                row.getString("partner"),
                row.getLong("open_requests"),
                instant(row, "said_at"),
                row.getLong("position"));
    }

    private static ChangeRequest request(ResultSet row) throws SQLException {
        String outcome = row.getString("outcome");
        return new ChangeRequest(
                row.getLong("position"),
                row.getString("provider_id"),
                row.getString("product_id"),
                row.getString("request_id"),
                row.getInt("year"),
                CatalogueChange.valueOf(row.getString("change")),
                row.getString("value"),
                row.getString("reason"),
                documents(row, "evidence"),
                instant(row, "requested_at"),
                row.getString("requested_by"),
                outcome == null ? null : RequestOutcome.valueOf(outcome),
                row.getObject("version", Integer.class),
                instant(row, "decided_at"),
                row.getString("decided_by"),
                row.getString("decision_reason"));
    }

    private static Offer offer(ResultSet row) throws SQLException {
        Array cities = row.getArray("cities");
        return new Offer(
                row.getString("provider_id"),
                row.getString("product_id"),
                row.getInt("version"),
                row.getString("name"),
                ServiceType.valueOf(row.getString("service_type")),
                new ProductDescription(
                        Set.of((String[]) cities.getArray()),
                        row.getString("target"),
                        row.getString("overview"),
                        row.getString("process"),
                        row.getString("cycle"),
                        row.getString("deliverable"),
                        row.getString("acceptance_standard")),
                row.getLong("price_from_fen"),
                row.getLong("price_to_fen"),
                row.getString("charging_basis"),
                documents(row, "documents"),
                instant(row, "proposed_at"),
                instant(row, "published_at"),
                row.getString("published_by"),
                instant(row, "ended_at"),
                row.getBoolean("orderable"),
                row.getLong("position"));
    }

    private static List<Document> documents(ResultSet row, String column) throws SQLException {
        return List.of(Json.read(row.getString(column), Document[].class));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
