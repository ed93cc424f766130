package org.voucherledger.api.eventstore;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** Which code the domain is: what was computed by another is not believed. */
final class DomainCode {

    /** SHA-256 of all its classes. Any change of them makes another, also one that changes nothing: believing less is safe. */
    static final String FINGERPRINT = fingerprint();

    private DomainCode() {}

    private static String fingerprint() {
        try {
            Resource[] classes = new PathMatchingResourcePatternResolver()
                    .getResources("classpath*:org/voucherledger/domain/**/*.class");
            if (classes.length == 0) {
                throw new IllegalStateException("the classes of the domain are not found");
            }
            Arrays.sort(classes, Comparator.comparing(DomainCode::name));
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Resource each : classes) {
                digest.update(each.getContentAsByteArray());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String name(Resource each) {
        try {
            String url = each.getURL().toString();
            return url.substring(url.lastIndexOf("org/voucherledger/domain/"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
