package org.voucherledger.api.imports;

import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.nio.file.Files;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.voucherledger.api.pipeline.LedgerClock;

/**
 * Runs the imports in the background, one after the other, so that a long list leaves the lane to everybody else.
 *
 * <p>An import that the end of the program has interrupted goes on when the program starts again on the same data directory.
 */
@Component
class ImportWorker {

    private static final Logger LOG = LoggerFactory.getLogger(ImportWorker.class);
    private static final int SHUTDOWN_SECONDS = 20;

    private final Imports imports;
    private final ImportSpool spool;
    private final RowDoing doing;
    private final OnTheBlacklist onTheBlacklist;
    private final LedgerClock clock;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("imports").factory());
    private volatile boolean stopping;

    ImportWorker(Imports imports, ImportSpool spool, RowDoing doing, OnTheBlacklist onTheBlacklist, LedgerClock clock) {
        this.imports = imports;
        this.spool = spool;
        this.doing = doing;
        this.onTheBlacklist = onTheBlacklist;
        this.clock = clock;
    }

    /** Puts it behind those that wait. While the program ends it is left to the next start. */
    void start(UUID id) {
        try {
            thread.execute(() -> run(id));
        } catch (RejectedExecutionException ending) {
            LOG.info("Import {} waits for the next start.", id);
        }
    }

    /** Waits until all that were started before are over. */
    void awaitIdle() throws InterruptedException {
        try {
            thread.submit(() -> {}).get();
        } catch (ExecutionException nothingToFail) {
            throw new IllegalStateException(nothingToFail);
        }
    }

    /** Goes on with those whose file lies here; those of another instance are its own. */
    @EventListener(ApplicationReadyEvent.class)
    void goOn() {
        for (Imports.Job job : imports.unfinished()) {
            if (Files.isRegularFile(job.spool())) {
                start(job.id());
            } else if (spool.isHere(job.spool())) {
                imports.end(job.id(), Import.State.BROKEN_OFF, "the file is gone; send it again", clock.now());
            }
        }
    }

    private void run(UUID id) {
        if (stopping) {
            return;
        }
        Imports.Job job = imports.job(id);
        try {
            new ImportRun(imports, doing, onTheBlacklist, job, () -> stopping).run();
            imports.end(id, Import.State.DONE, null, clock.now());
            ImportSpool.remove(job.spool());
        } catch (ImportRun.Stopped stopped) {
            LOG.info("Import {} goes on at the next start.", id);
        } catch (ImportRun.NothingDone refused) {
            imports.end(id, Import.State.REFUSED, refused.getMessage(), clock.now());
            ImportSpool.remove(job.spool());
        } catch (IOException | RuntimeException fault) {
            brokenOff(job, fault);
        }
    }

    /** Whatever it was, the others go on, and whoever watches this one is told where to look. */
    private void brokenOff(Imports.Job job, Exception fault) {
        if (stopping) {
            LOG.info("Import {} was interrupted and goes on at the next start.", job.id(), fault);
            return;
        }
        String incident = UUID.randomUUID().toString();
        LOG.error("incident {}: import {} has broken off", incident, job.id(), fault);
        imports.end(
                job.id(),
                Import.State.BROKEN_OFF,
                "incident " + incident + "; send the file again: what was done is not done twice",
                clock.now());
        ImportSpool.remove(job.spool());
    }

    /** The chunk that is being done is finished; before the pipeline ends, because this bean needs it. */
    @PreDestroy
    void close() throws InterruptedException {
        stopping = true;
        thread.shutdown();
        if (!thread.awaitTermination(SHUTDOWN_SECONDS, TimeUnit.SECONDS)) {
            LOG.warn("An import did not stop in time.");
        }
    }
}
