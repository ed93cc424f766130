package org.voucherledger.api.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** Reads a request's body, up to a limit: nothing that a caller sends may fill the memory. */
final class RequestBody {

    static final int MOST_BYTES_OF_A_COMMAND = 1 << 20;
    static final int MOST_BYTES_OF_A_BULK = 16 << 20;

    private RequestBody() {}

    /** A JSON body; an empty one needs no media type. */
    static byte[] json(HttpServletRequest request, int mostBytes) throws IOException {
        byte[] body = bytes(request, mostBytes);
        if (body.length > 0 && !isJson(request.getContentType())) {
            throw BadRequest.mediaType(MediaType.APPLICATION_JSON_VALUE);
        }
        return body;
    }

    /** A JSON body that is read as it comes, for one that is large. */
    static InputStream jsonAsItComes(HttpServletRequest request, int mostBytes) throws IOException {
        if (request.getContentLengthLong() > mostBytes) {
            throw BadRequest.tooLarge(mostBytes);
        }
        PushbackInputStream body = new PushbackInputStream(new LimitedBody(request.getInputStream(), mostBytes));
        int first = body.read();
        if (first >= 0) {
            if (!isJson(request.getContentType())) {
                throw BadRequest.mediaType(MediaType.APPLICATION_JSON_VALUE);
            }
            body.unread(first);
        }
        return body;
    }

    static byte[] bytes(HttpServletRequest request, int mostBytes) throws IOException {
        if (request.getContentLengthLong() > mostBytes) {
            throw BadRequest.tooLarge(mostBytes);
        }
        byte[] body = request.getInputStream().readNBytes(mostBytes + 1);
        if (body.length > mostBytes) {
            throw BadRequest.tooLarge(mostBytes);
        }
        return body;
    }

    private static boolean isJson(String contentType) {
        if (contentType == null) {
            return false;
        }
        try {
            return MediaType.APPLICATION_JSON.includes(MediaType.parseMediaType(contentType));
        } catch (InvalidMediaTypeException unreadable) {
            return false;
        }
    }
}
