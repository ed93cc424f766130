package org.voucherledger.benchmark.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.voucherledger.api.pipeline.CommandRequest;
import org.voucherledger.benchmark.hot.HotBatch;
import org.voucherledger.benchmark.load.HttpConnection;
import org.voucherledger.benchmark.load.OpenLoad;
import org.voucherledger.benchmark.load.OpenLoad.Outcome;
import org.voucherledger.benchmark.plainjpa.PlainCity;
import org.voucherledger.benchmark.scene.City;
import org.voucherledger.benchmark.scene.Season;
import tools.jackson.databind.json.JsonMapper;

/** A rush over HTTP, each time at a batch that has just been opened: at the served ledger and at the served plain service. */
final class HttpRush {

    private static final int OK = 200;

    private final City city;
    private final ServedLedger ledger;
    private final PlainCity plain;
    private int batches;

    HttpRush(City city, ServedLedger ledger, PlainCity plain) {
        this.city = city;
        this.ledger = ledger;
        this.plain = plain;
    }

    /** One command a request, everybody at once. */
    Outcome singly(OpenLoad load, int applications) {
        return watched(load.rush(singles(applications), HttpRush::isDone));
    }

    Outcome offered(OpenLoad load, int applications, double perSecond) {
        return watched(load.steadily(singles(applications), perSecond, HttpRush::isDone));
    }

    /** Many commands a request; applications a second. */
    double inBulk(OpenLoad load, int applications, int ofOneRequest) {
        List<CommandRequest> all = applications(applications);
        List<byte[]> requests = new ArrayList<>();
        for (int from = 0; from < all.size(); from += ofOneRequest) {
            requests.add(ledger.bulk(all.subList(from, Math.min(all.size(), from + ofOneRequest))));
        }
        int least = applications % ofOneRequest == 0 ? ofOneRequest : applications % ofOneRequest;
        Outcome outcome = watched(load.rush(requests, (status, body) -> {
            String answer = new String(body, StandardCharsets.UTF_8);
            return status == OK && (BulkRequest.isDone(answer, ofOneRequest) || BulkRequest.isDone(answer, least));
        }));
        return applications * 1e9 / outcome.took();
    }

    Outcome atThePlainService(OpenLoad load, int applications) {
        return load.rush(plainOnes(applications), HttpRush::isDone);
    }

    Outcome offeredToThePlainService(OpenLoad load, int applications, double perSecond) {
        return load.steadily(plainOnes(applications), perSecond, HttpRush::isDone);
    }

    private List<byte[]> singles(int many) {
        return applications(many).stream()
                .map(request -> ledger.single(request, "/batches/" + city.batch(batches) + "/applications"))
                .toList();
    }

    private List<CommandRequest> applications(int many) {
        String batchId = city.batch(++batches);
        ledger.does(List.of(city.opens(batchId, Season.budget(many), Season.OPENS, Season.CLOSES)));
        return HotBatch.inNoOrder(many).stream()
                .map(n -> city.applies(batchId, n, City.SMALL_FACE_FEN))
                .toList();
    }

    private List<byte[]> plainOnes(int many) {
        String batchId = city.batch(++batches);
        plain.opens(batchId, Season.budget(many));
        return applied(city, batchId, many);
    }

    private static List<byte[]> applied(City city, String batchId, int many) {
        return HotBatch.inNoOrder(many).stream()
                .map(n -> HttpConnection.post(
                        "/api/v1/batches/" + batchId + "/applications",
                        "On-Behalf-Of: " + city.enterprise(n) + "\r\nIdempotency-Key: apply-" + batchId + "-" + n
                                + "\r\n",
                        JsonMapper.shared()
                                .writeValueAsString(city.applies(batchId, n, City.SMALL_FACE_FEN)
                                        .command())))
                .toList();
    }

    private Outcome watched(Outcome outcome) {
        ledger.awaitViews();
        return outcome;
    }

    private static boolean isDone(int status, byte[] body) {
        return status == OK;
    }
}
