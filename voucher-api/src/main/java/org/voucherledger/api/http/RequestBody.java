package org.voucherledger.api.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** Reads a request's body whole, up to a limit: nothing that a caller sends may fill the memory. */
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
