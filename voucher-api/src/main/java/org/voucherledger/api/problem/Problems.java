package org.voucherledger.api.problem;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.voucherledger.api.pipeline.Answer;
import org.voucherledger.api.pipeline.Fault;
import org.voucherledger.api.problem.Problem.Text;
import org.voucherledger.domain.command.Malformed;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.rule.Decision;
import org.voucherledger.domain.rule.Rule;

/** The one place where a refusal, a malformed request or a fault becomes a problem document. */
public final class Problems {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    private static final int DATABASE_AWAY_SECONDS = 5;

    private Problems() {}

    /** A rule said no (ALL-02). */
    public static Problem of(Answer.Denied denied, Language language) {
        return of(denied.decision(), language)
                .with("position", denied.position())
                .with("receivedAt", denied.receivedAt().toString());
    }

    /** A rule said no; where nothing else is known of it. */
    public static Problem of(Decision decision, Language language) {
        String kind = decision.rule().id() + ":" + decision.about();
        Text title = new Text(decision.rule().chinese(), decision.rule().english());
        return Problem.of(statusOf(decision), kind, language, title, Sentence.of(decision))
                .with("rule", decision.rule().id())
                .with("clause", decision.rule().clause())
                .with("about", decision.about())
                .with("stage", decision.stage().name())
                .with("limit", decision.limit())
                .with("used", decision.used())
                .with("asked", decision.asked());
    }

    /** What is not there is not found, whoever asks; the stage says the rest. */
    private static int statusOf(Decision decision) {
        if (decision.about().endsWith("Unknown")) {
            return 404;
        }
        return switch (decision.stage()) {
            case ACTOR -> 403;
            case STATE, FREEZE, DEADLINE, CAPS, USED_ONCE -> 409;
            case IDEMPOTENCY, PARTY, PRODUCT, DOCUMENTS, AMOUNTS -> 422;
        };
    }

    /** The same actor has used the key for another command, or on behalf of another party. */
    public static Problem of(Answer.KeyReused reused, Language language) {
        return Problem.of(
                        422,
                        "IdempotencyKeyReused",
                        language,
                        new Text("幂等键已用于其他请求", "The idempotency key was used for another request"),
                        new Text(
                                "幂等键“" + reused.idempotencyKey() + "”已用于内容或所代表主体不同的请求；新请求须使用新的幂等键。",
                                "The key \"" + reused.idempotencyKey()
                                        + "\" stands for a request with other content or for another party; a new request"
                                        + " needs a new key."))
                .with("about", "IdempotencyKeyReused")
                .with("stage", Check.IDEMPOTENCY.name());
    }

    /** Nothing was received (GZ-10): the queue was full. */
    public static Problem of(Answer.Overloaded overloaded, Language language) {
        int seconds = Math.max(1, overloaded.retryAfterSeconds());
        return tryAgain(
                "Overloaded",
                seconds,
                language,
                new Text("系统繁忙，本次请求未受理", "The ledger is busy; the request was not received"),
                new Text(
                        "请于 " + seconds + " 秒后以相同的幂等键重新提交；受理时间以成功提交为准。",
                        "Ask again in " + seconds + " s with the same key; only then does it count as received."));
    }

    /** It is not known yet whether the command was done; the same key will tell. */
    public static Problem outcomeUnknown(int seconds, Language language) {
        return tryAgain(
                "OutcomeUnknown",
                seconds,
                language,
                new Text("处理结果尚未确定", "The outcome is not known yet"),
                new Text(
                        "请求已受理，结果尚未确定；请于 " + seconds + " 秒后以相同的幂等键查询，不会重复办理。",
                        "The request was received and may still be done; ask again in " + seconds
                                + " s with the same key: it will not be done twice."));
    }

    /** A view has not reached the asked position in time. */
    public static Problem tryAgain(
            String kind,
            int seconds,
            Language language,
            String titleZh,
            String titleEn,
            String detailZh,
            String detailEn) {
        return tryAgain(kind, seconds, language, new Text(titleZh, titleEn), new Text(detailZh, detailEn));
    }

    private static Problem tryAgain(String kind, int seconds, Language language, Text title, Text detail) {
        return Problem.of(503, kind, language, title, detail)
                .with("about", kind)
                .retryAfter(seconds);
    }

    /** A field is missing, too long, out of range or of the wrong kind. */
    public static Problem of(Malformed malformed, Language language) {
        return malformed(malformed.field(), malformed.getMessage(), language);
    }

    /** The same, for those who know the field and what it must be. */
    public static Problem malformed(String field, String mustBe, Language language) {
        return Problem.of(
                        400,
                        "Malformed",
                        language,
                        new Text("请求内容有误", "The request is malformed"),
                        new Text("字段“" + field + "”有误：" + FieldWords.inChinese(mustBe), field + ": " + mustBe))
                .with("field", field);
    }

    /** Something about the request as HTTP: its method, media type, size, a header or a parameter. */
    public static Problem ofRequest(int status, String kind, Language language, String chinese, String english) {
        return Problem.of(status, kind, language, new Text(chinese, english), new Text(chinese, english));
    }

    /** The same, with a title and a detail of its own. */
    public static Problem ofRequest(
            int status,
            String kind,
            Language language,
            String titleZh,
            String titleEn,
            String detailZh,
            String detailEn) {
        return Problem.of(status, kind, language, new Text(titleZh, titleEn), new Text(detailZh, detailEn));
    }

    /** Something was there and has been erased (ALL-05). */
    public static Problem gone(String about, Instant erasedAt, String reason, String asked, Language language) {
        Text fact = Facts.words(about);
        return Problem.of(
                        410,
                        Rule.ALL_05.id() + ":" + about,
                        language,
                        new Text(Rule.ALL_05.chinese(), Rule.ALL_05.english()),
                        new Text(
                                fact.chinese() + "：" + Figure.of(erasedAt) + "，原因：" + reason,
                                fact.english() + ": " + Figure.of(erasedAt) + " (Beijing), " + reason))
                .with("rule", Rule.ALL_05.id())
                .with("about", about)
                .with("asked", asked)
                .with("erasedAt", erasedAt.toString())
                .with("reason", reason);
    }

    /** Several things are wrong with what was sent; each with its place. */
    public static Problem of(
            int status,
            String kind,
            Language language,
            String titleZh,
            String titleEn,
            String detailZh,
            String detailEn,
            List<?> errors) {
        return ofRequest(status, kind, language, titleZh, titleEn, detailZh, detailEn)
                .with("errors", errors);
    }

    /**
     * What nobody expected. Where the database cannot be reached, or has broken off, it is worth asking again; everything else is
     * a fault of the ledger itself: the caller gets an incident number, the log gets the fault.
     */
    public static Problem ofFault(Throwable fault, Language language) {
        if (Fault.of(fault) == Fault.UNREACHABLE) {
            LOG.warn("The database could not be asked: {}", fault.toString());
            return tryAgain(
                    "DatabaseAway",
                    DATABASE_AWAY_SECONDS,
                    language,
                    new Text("数据库暂时无法访问", "The database cannot be reached at the moment"),
                    new Text(
                            "请于 " + DATABASE_AWAY_SECONDS + " 秒后重试；原请求带有幂等键的，须使用相同的幂等键。",
                            "Ask again in " + DATABASE_AWAY_SECONDS
                                    + " s; what had an idempotency key, under the same key."));
        }
        String incident = UUID.randomUUID().toString();
        LOG.error("incident {}", incident, fault);
        return Problem.of(
                        500,
                        "Fault",
                        language,
                        new Text("系统内部错误", "The ledger has a fault"),
                        new Text(
                                "事件编号 " + incident + "；请联系运维人员，并可用相同的幂等键重新提交。",
                                "Incident " + incident
                                        + ": please tell whoever runs the ledger. The same key may be asked again."))
                .with("incident", incident);
    }
}
