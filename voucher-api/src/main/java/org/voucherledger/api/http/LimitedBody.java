package org.voucherledger.api.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body that is read as it comes, and turned away at the first byte beyond the limit. */
final class LimitedBody extends FilterInputStream {

    private final int mostBytes;
    private long bytes;

    LimitedBody(InputStream body, int mostBytes) {
        super(body);
        this.mostBytes = mostBytes;
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        count(read < 0 ? 0 : 1);
        return read;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        count(Math.max(0, read));
        return read;
    }

    private void count(int read) {
        bytes += read;
        if (bytes > mostBytes) {
            throw BadRequest.tooLarge(mostBytes);
        }
    }
}
