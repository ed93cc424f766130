package org.voucherledger.api.http;

import org.voucherledger.api.problem.Language;
import org.voucherledger.api.problem.Problem;
import org.voucherledger.api.problem.Problems;

/** A problem with the request as HTTP, known only by its status. */
final class HttpProblem {

    private HttpProblem() {}

    /** @param english what the server says of it, or nothing */
    static Problem of(int status, Language language, String english) {
        String detail = english.isBlank() ? "" : " (" + english + ")";
        return switch (status) {
            case 400 -> problem(status, "BadRequest", language, "请求有误。", "The request is malformed." + detail);
            case 401 -> problem(status, "Unauthenticated", language, "未提供有效的访问令牌。", "No valid token.");
            case 403 -> problem(status, "Forbidden", language, "无权进行此操作。", "This is not allowed.");
            case 404 -> problem(status, "NotFound", language, "没有该地址。", "There is nothing at this address.");
            case 405 ->
                problem(
                        status,
                        "MethodNotAllowed",
                        language,
                        "该地址不支持此方法。",
                        "This address does not know the method." + detail);
            case 406 ->
                problem(
                        status,
                        "NotAcceptable",
                        language,
                        "无法按所请求的类型提供。",
                        "The answer cannot be given in the type asked for.");
            case 413 -> problem(status, "TooLarge", language, "请求内容过大。", "The body is too large.");
            case 415 ->
                problem(
                        status,
                        "UnsupportedMediaType",
                        language,
                        "不支持该请求内容类型。",
                        "The body's media type is not known here." + detail);
            case 503 -> problem(status, "Unavailable", language, "服务暂不可用。", "Not available at the moment.");
            default -> problem(status, "Http" + status, language, "请求未能完成。", "The request failed." + detail);
        };
    }

    private static Problem problem(int status, String kind, Language language, String chinese, String english) {
        return Problems.ofRequest(status, kind, language, chinese, english);
    }
}
