package org.voucherledger.api.documents;

import java.io.IOException;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.voucherledger.api.disk.Disk;
import org.voucherledger.api.pipeline.LedgerClock;
import org.voucherledger.api.pipeline.NamedDocuments;

/** Where documents lie, how long they may be, and whether commands may name what was never uploaded. */
@Configuration(proxyBeanMethods = false)
class DocumentsConfiguration {

    @Bean
    @ConditionalOnProperty(name = "ledger.documents.store", havingValue = "directory", matchIfMissing = true)
    DocumentStore directoryStore(@Value("${ledger.data}") Path data) throws IOException {
        return new DirectoryStore(data.resolve("documents"), new Disk());
    }

    /** Any service that speaks S3; its credentials are those of an account that may only use this bucket. */
    @Bean
    @ConditionalOnProperty(name = "ledger.documents.store", havingValue = "s3")
    DocumentStore s3Store(
            @Value("${ledger.documents.s3.endpoint}") String endpoint,
            @Value("${ledger.documents.s3.region}") String region,
            @Value("${ledger.documents.s3.bucket}") String bucket,
            @Value("${ledger.documents.s3.access-key}") String accessKey,
            @Value("${ledger.documents.s3.secret-key}") String secretKey) {
        return S3Store.at(endpoint, region, bucket, accessKey, secretKey);
    }

    @Bean
    @DependsOnDatabaseInitialization
    Documents documents(
            DocumentStore store,
            DocumentRegister register,
            UploadRefusals refusals,
            LedgerClock clock,
            @Value("${ledger.data}") Path data,
            @Value("${ledger.documents.most-bytes}") long mostBytes) {
        return new Documents(
                store, register, refusals, clock, data.resolve("documents").resolve("incoming"), mostBytes);
    }

    @Bean
    NamedDocuments namedDocuments(@Value("${ledger.documents.required}") boolean required) {
        return required ? new UploadedDocuments() : NamedDocuments.UNASKED;
    }
}
