package org.voucherledger.api.http;

import org.voucherledger.api.problem.Language;
import org.voucherledger.api.problem.Problem;
import org.voucherledger.api.problem.Problems;

/** A request that cannot be taken for a command; says how it is told. Nothing was submitted. */
final class BadRequest extends RuntimeException {

    private final int status;
    private final String kind;
    private final String titleZh;
    private final String titleEn;
    private final String detailZh;

    private BadRequest(int status, String kind, String titleZh, String titleEn, String detailZh, String detailEn) {
        super(detailEn, null, false, false);
        this.status = status;
        this.kind = kind;
        this.titleZh = titleZh;
        this.titleEn = titleEn;
        this.detailZh = detailZh;
    }

    static BadRequest unreadable(int line, int column, String reason) {
        return new BadRequest(
                400,
                "Unreadable",
                "请求内容不是有效的 JSON",
                "The body is not valid JSON",
                "第 " + line + " 行第 " + column + " 列：" + reason,
                "line " + line + ", column " + column + ": " + reason);
    }

    static BadRequest tooLarge(int mostBytes) {
        return new BadRequest(
                413,
                "TooLarge",
                "请求内容过大",
                "The body is too large",
                "请求内容最多 " + mostBytes + " 字节。",
                "A body of at most " + mostBytes + " bytes is read here.");
    }

    static BadRequest mediaType(String expected) {
        return new BadRequest(
                415,
                "UnsupportedMediaType",
                "不支持该请求内容类型",
                "The body's media type is not known here",
                "请求内容的类型须为 " + expected + "。",
                "Send it as " + expected + ".");
    }

    Problem problem(Language language) {
        return Problems.ofRequest(status, kind, language, titleZh, titleEn, detailZh, getMessage());
    }
}
