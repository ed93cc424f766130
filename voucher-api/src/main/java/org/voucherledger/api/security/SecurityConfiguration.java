package org.voucherledger.api.security;

import jakarta.servlet.DispatcherType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderInitializationException;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AuthenticationEntryPointFailureHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.voucherledger.api.problem.ProblemWriter;

/**
 * Nothing is open but what must be: the document of the interface with its page, and whether the program lives.
 *
 * <p>Invariant: exactly one issuer is believed, the program's own development key or the issuer in
 * {@code spring.security.oauth2.resourceserver.jwt.issuer-uri}; never both.
 */
@Configuration(proxyBeanMethods = false)
@EnableMethodSecurity
public class SecurityConfiguration {

    private static final String[] OPEN_TO_READ = {
        "/v3/api-docs",
        "/v3/api-docs.yaml",
        "/v3/api-docs/**",
        "/swagger-ui.html",
        "/swagger-ui/**",
        // What is published is for everybody (GZ-42).
        "/public/**",
        // So is what the log was signed to be: the more keep it, the less can be rewritten.
        "/log/checkpoint",
        "/log/breaks",
        "/livez",
        "/actuator/health/liveness"
    };

    /** Whoever works for the scheme or audits it may see how the program is doing, as with the details of its health. */
    private static final String[] WATCHES = {"OPERATOR", "BUREAU", "AUDITOR", "SYSTEM"};

    @Bean
    SecurityFilterChain everyRequestIsAuthenticated(HttpSecurity http, ProblemWriter problems) {
        ProblemAnswers answers = new ProblemAnswers(problems);
        return http.authorizeHttpRequests(requests -> requests
                        // What an error says has been decided already when the server asks for its page.
                        .dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        .requestMatchers(HttpMethod.GET, OPEN_TO_READ)
                        .permitAll()
                        .requestMatchers("/actuator/metrics/**")
                        .hasAnyRole(WATCHES)
                        .anyRequest()
                        .authenticated())
                .oauth2ResourceServer(server -> server.withObjectPostProcessor(answering(answers))
                        .jwt(jwt -> jwt.jwtAuthenticationConverter(ActorAuthentication::of))
                        .authenticationEntryPoint(answers)
                        .accessDeniedHandler(answers))
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint(answers).accessDeniedHandler(answers))
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                // Tokens are sent by programs, never by a browser on its own: there is nothing for CSRF to forge.
                .csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .build();
    }

    /**
     * Header values of every script: a key or a party in Chinese is malformed, and told so where it is read, not a fault. What
     * would break the protocol the server itself refuses.
     */
    @Bean
    StrictHttpFirewall headersInEveryScript() {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.setAllowedHeaderValues(value -> true);
        return firewall;
    }

    @Bean
    JwtDecoder believedTokens(
            @Value("${spring.security.oauth2.resourceserver.jwt.issuer-uri:}") String issuerUrl,
            @Value("${ledger.data:voucher-data}") String dataDirectory) {
        if (!issuerUrl.isBlank()) {
            // The issuer is asked for its keys when the first token comes, so that the ledger starts without it.
            JwtDecoder issuer = new SupplierJwtDecoder(() -> believing(
                    issuerUrl, NimbusJwtDecoder.withIssuerLocation(issuerUrl).build()));
            return token -> decoded(issuer, token);
        }
        DevelopmentKey key = DevelopmentKey.of(Path.of(dataDirectory));
        return believing(
                DevelopmentTokens.ISSUER,
                NimbusJwtDecoder.withPublicKey(key.publicKey()).build());
    }

    /** An issuer that cannot be asked says nothing of the token; the kind of exception keeps the two apart. */
    private static Jwt decoded(JwtDecoder issuer, String token) {
        try {
            return issuer.decode(token);
        } catch (JwtDecoderInitializationException away) {
            throw new JwtException("the issuer of tokens cannot be asked", away);
        }
    }

    /** Unless told otherwise the filter throws what is no fault of the token, for the server to print. */
    private static ObjectPostProcessor<BearerTokenAuthenticationFilter> answering(AuthenticationEntryPoint answers) {
        var handler = new AuthenticationEntryPointFailureHandler(answers);
        handler.setRethrowAuthenticationServiceException(false);
        return new ObjectPostProcessor<>() {
            @Override
            public <O extends BearerTokenAuthenticationFilter> O postProcess(O filter) {
                filter.setAuthenticationFailureHandler(handler);
                return filter;
            }
        };
    }

    private static JwtDecoder believing(String issuer, NimbusJwtDecoder decoder) {
        JwtTimestampValidator times = new JwtTimestampValidator(Duration.ofSeconds(30));
        times.setAllowEmptyExpiryClaim(false);
        OAuth2TokenValidator<Jwt> audience = new JwtClaimValidator<List<String>>(
                JwtClaimNames.AUD, named -> named != null && named.contains(TokenClaims.AUDIENCE));
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(times, new JwtIssuerValidator(issuer), audience));
        return decoder;
    }
}
