package org.voucherledger.domain.party;

/** What the operator attests of an enterprise and a scheme may rank by (GZ-03). */
public enum PriorityTag {
    /** 国家专精特新（含小巨人）. */
    NATIONAL_SPECIALISED,
    /** 省专精特新. */
    PROVINCIAL_SPECIALISED,
    /** 上年度转型升级为规模以上的工业企业. */
    UPGRADED_ABOVE_SCALE,
    /** 本年度拟培育转型升级为规模以上的工业企业. */
    LISTED_FOR_UPGRADE,
    /** 纳入全省中小企业生产经营运行监测系统. */
    MONITORED,
    /** 重点规模以下工业企业. */
    KEY_BELOW_SCALE,
    /** 产业集群数字化转型试点企业 (CL-03, CL-06). */
    CLUSTER_PILOT
}
