package org.voucherledger.api.documents;

import io.minio.GetObjectArgs;
import io.minio.MinioClient;
import io.minio.RemoveObjectArgs;
import io.minio.UploadObjectArgs;
import io.minio.errors.MinioException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

/** Documents as objects of a bucket, each named after its content. An object is there when the service has said so. */
final class S3Store implements DocumentStore {

    private final MinioClient client;
    private final String bucket;

    private S3Store(MinioClient client, String bucket) {
        this.client = client;
        this.bucket = bucket;
    }

    /** @param region as the service is set up; {@code us-east-1} for services that have none */
    static S3Store at(String endpoint, String region, String bucket, String accessKey, String secretKey) {
        if (endpoint.isBlank() || bucket.isBlank()) {
            throw new IllegalArgumentException(
                    "ledger.documents.store=s3 needs ledger.documents.s3.endpoint and ledger.documents.s3.bucket");
        }
        MinioClient client = MinioClient.builder()
                .endpoint(endpoint)
                .region(region.isBlank() ? "us-east-1" : region)
                .credentials(accessKey, secretKey)
                .build();
        return new S3Store(client, bucket);
    }

    @Override
    public void keep(String sha256, Path file) throws IOException {
        ask(() -> client.uploadObject(UploadObjectArgs.builder()
                .bucket(bucket)
                .object(sha256)
                .filename(file.toString())
                .build()));
    }

    @Override
    public byte[] read(String sha256) throws IOException {
        return ask(() -> {
            try (InputStream in = client.getObject(
                    GetObjectArgs.builder().bucket(bucket).object(sha256).build())) {
                return in.readAllBytes();
            }
        });
    }

    @Override
    public void remove(String sha256) throws IOException {
        ask(() -> {
            client.removeObject(
                    RemoveObjectArgs.builder().bucket(bucket).object(sha256).build());
            return null;
        });
    }

    private interface Question<T> {
        T ask() throws MinioException, GeneralSecurityException, IOException;
    }

    private static <T> T ask(Question<T> question) throws IOException {
        try {
            return question.ask();
        } catch (MinioException | GeneralSecurityException refused) {
            throw new IOException("the document store did not do it: " + refused.getMessage(), refused);
        }
    }
}
