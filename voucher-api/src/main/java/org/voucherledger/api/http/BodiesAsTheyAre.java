package org.voucherledger.api.http;

import org.springframework.boot.tomcat.TomcatConnectorCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Parameters come from the query alone. A servlet would read a body into them whose media type is that of a form, which is what
 * curl says of every body unless told otherwise, and nothing would be left of it for its endpoint. The filters that read forms
 * are switched off in {@code application.yml}.
 */
@Configuration(proxyBeanMethods = false)
class BodiesAsTheyAre {

    @Bean
    TomcatConnectorCustomizer noBodyIsParameters() {
        return connector -> connector.setParseBodyMethods("");
    }
}
